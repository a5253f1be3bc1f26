package io.outcry.domain.instrument;

/** Name of an instrument: 1 to 16 of {@code A-Z 0-9 . _ -}. */
public record Symbol(String value) {
    private static final int MAX_LENGTH = 16;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when it is not as described
     */
    public Symbol {
        if (!isSymbol(value)) {
            throw new IllegalArgumentException("symbol must be 1-16 of A-Z 0-9 . _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    /** Whether the text has a symbol's form, so that an instrument may be named so. */
    // A loop, not a pattern: each order and each event read from the feed passes here.
    public static boolean isSymbol(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = c == '.' || c == '_' || c == '-';
            if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && !sign) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }
}
