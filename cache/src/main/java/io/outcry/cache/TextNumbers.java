package io.outcry.cache;

/** Reads decimal integers and words separated by single spaces. For one thread. */
final class TextNumbers {
    private final String text;
    private int at;

    TextNumbers(String text) {
        this.text = text;
    }

    /**
     * The next number.
     *
     * @throws NumberFormatException when what comes next is none
     */
    long next() {
        int start = at;
        int end = end();
        return Long.parseLong(text, start, end, 10);
    }

    int nextInt() {
        return Math.toIntExact(next());
    }

    String word() {
        int start = at;
        return text.substring(start, end());
    }

    private int end() {
        int space = text.indexOf(' ', at);
        int end = space < 0 ? text.length() : space;
        at = Math.min(text.length(), end + 1);
        return end;
    }
}
