package io.outcry.load.ws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message as it stands in a buffer that goes on to be used. For one thread. */
final class MessageText {
    private final byte[] bytes;
    private final int from;
    private final int to;

    MessageText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    boolean contains(byte[] sought) {
        return find(sought) >= 0;
    }

    private int find(byte[] sought) {
        for (int i = from; i <= to - sought.length; i++) {
            if (bytes[i] == sought[0]
                    && Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The whole number that follows that first; -1: there is none. */
    long number(byte[] after) {
        int at = find(after);
        if (at < 0) {
            return -1;
        }
        long number = 0;
        for (int i = at + after.length; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** What stands between the first of that and the next quote; empty: there is none. */
    String string(byte[] after) {
        int at = find(after);
        if (at < 0) {
            return "";
        }
        int end = at + after.length;
        while (end < to && bytes[end] != '"') {
            end++;
        }
        return new String(
                bytes, at + after.length, end - at - after.length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
