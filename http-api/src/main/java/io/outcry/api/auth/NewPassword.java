package io.outcry.api.auth;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.outcry.api.json.Field;
import io.outcry.api.json.FlatObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a password must be like to be set. Immutable. */
public final class NewPassword {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

    private final Set<String> refused;

    private NewPassword(Set<String> refused) {
        this.refused = refused;
    }

    /** Of that length, and nothing more. */
    public static NewPassword any() {
        return new NewPassword(Set.of());
    }

    /**
     * None of those that leaked most often, in whatever case, since they are what is guessed first:
     * zxcvbn's 30,000, of which a third are long enough to be set at all (OWASP ASVS 5.0, 6.2.4,
     * asks for 3,000).
     */
    public static NewPassword uncommon() {
        try {
            return new NewPassword(
                    StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                            .filter(common -> common.length() >= MIN_LENGTH)
                            .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }

    /** What the body has; of a fault the body tells when it is asked. */
    String read(FlatObject body, Field field) {
        String password = body.requiredString(field);
        if (body.has(field) && (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH)) {
            body.reject(field, "must have 8 to 128 characters");
        } else if (refused.contains(password.toLowerCase(Locale.ROOT))) {
            body.reject(field, "is one of the most common passwords, which are guessed first");
        }
        return password;
    }
}
