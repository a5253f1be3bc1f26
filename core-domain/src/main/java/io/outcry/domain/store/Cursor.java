package io.outcry.domain.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of a list ends, as text that means nothing to who carries it to the next request:
 * {@link Page#beforeId} and the list that it is of. Pure functions.
 */
public final class Cursor {
    private static final int LONGEST = 64;

    private Cursor() {}

    /**
     * Writes the boundary of the next page.
     *
     * @param list name of the list, without a colon
     * @param lastId of the last entry of this page
     */
    public static String write(String list, long lastId) {
        String text = list + ":" + Long.toString(lastId, Character.MAX_RADIX);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads a boundary.
     *
     * @throws IllegalArgumentException when the text is no cursor of that list
     */
    public static long read(String list, String cursor) {
        if (cursor.length() > LONGEST) {
            throw new IllegalArgumentException("is too long for a cursor");
        }
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        String prefix = list + ":";
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("is no cursor of this list");
        }
        long id = Long.parseLong(text.substring(prefix.length()), Character.MAX_RADIX);
        if (id <= 0) {
            throw new IllegalArgumentException("is no cursor of this list");
        }
        return id;
    }
}
