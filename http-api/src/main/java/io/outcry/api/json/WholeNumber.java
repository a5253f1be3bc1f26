package io.outcry.api.json;

/** Whole numbers as clients write them: digits of ASCII, perhaps a minus, nothing else. */
public final class WholeNumber {
    private WholeNumber() {}

    /**
     * Reads one.
     *
     * @throws NumberFormatException when the text is none, or beyond 64 bits; unlike what Java
     *     reads, a plus and the digits of other scripts are none
     */
    public static long parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && !(c == '-' && i == 0)) {
                throw new NumberFormatException("is not a whole number");
            }
        }
        return Long.parseLong(text);
    }
}
