package io.outcry.api.json;

/** What text the stores can take: all that is Unicode, but for U+0000. */
public final class StorableText {
    /** What is wrong with other text. */
    public static final String EXPECTED = "must not hold U+0000 or half of a surrogate pair";

    private StorableText() {}

    /** Whether the text is such. */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return false;
            }
            if (Character.isSurrogate(unit)) {
                if (i + 1 == text.length()
                        || !Character.isSurrogatePair(unit, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
