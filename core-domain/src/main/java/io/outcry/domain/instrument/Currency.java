package io.outcry.domain.instrument;

import java.util.regex.Pattern;

/** Code of a currency: 1 to 8 of {@code A-Z 0-9}. */
public record Currency(String code) {
    private static final Pattern FORMAT = Pattern.compile("[A-Z0-9]{1,8}");

    public Currency {
        if (!FORMAT.matcher(code).matches()) {
            throw new IllegalArgumentException("currency must be 1-8 of A-Z 0-9");
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
