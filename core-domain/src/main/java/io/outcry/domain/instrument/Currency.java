package io.outcry.domain.instrument;

/** Code of a currency: 1 to 8 of {@code A-Z 0-9}. */
public record Currency(String code) {
    private static final int MAX_LENGTH = 8;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when it is not as described
     */
    public Currency {
        if (!valid(code)) {
            throw new IllegalArgumentException("currency must be 1-8 of A-Z 0-9");
        }
    }

    @Override
    public String toString() {
        return code;
    }

    private static boolean valid(String code) {
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !code.isEmpty() && code.length() <= MAX_LENGTH;
    }
}
