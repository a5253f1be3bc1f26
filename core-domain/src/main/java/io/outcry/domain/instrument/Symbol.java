package io.outcry.domain.instrument;

import java.util.regex.Pattern;

/** Name of an instrument: 1 to 16 of {@code A-Z 0-9 . _ -}. */
public record Symbol(String value) {
    private static final Pattern FORMAT = Pattern.compile("[A-Z0-9._-]{1,16}");

    public Symbol {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("symbol must be 1-16 of A-Z 0-9 . _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
