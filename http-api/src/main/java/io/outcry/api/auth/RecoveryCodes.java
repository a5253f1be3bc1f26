package io.outcry.api.auth;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Codes on a list that a user keeps for when the authenticator is lost, each good once: 80 random
 * bits in base32, such as {@code ABCD-EFGH-IJKL-MNOP}. Case, hyphens and spaces do not matter when
 * one is typed in. Safe for use by many threads.
 */
final class RecoveryCodes {
    private static final int CODES = 10;
    private static final int BYTES = 10;
    private static final Pattern TYPED = Pattern.compile("[A-Z2-7]{16}");
    private static final Pattern GROUP = Pattern.compile("(.{4})(?!$)");

    private final SecureRandom random = new SecureRandom();

    /** As many as a user has. */
    List<String> make() {
        return Stream.generate(this::code).limit(CODES).toList();
    }

    private String code() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return GROUP.matcher(OneTimeCodes.base32(bytes)).replaceAll("$1-");
    }

    /** Whether it has the form of one; no code of an authenticator does. */
    static boolean isOne(String text) {
        return TYPED.matcher(plain(text)).matches();
    }

    /** What the store has of it. With so many random bits it needs no salt. */
    static String hash(String code) {
        return SecretHash.of(plain(code));
    }

    private static String plain(String text) {
        return text.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    }
}
