package io.outcry.persistence;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows for {@code COPY … FROM STDIN (FORMAT binary)}: a fixed header, then for each row the number
 * of its fields and for each field its length (-1: NULL) and bytes, then -1. Big-endian. For one
 * thread; the buffer is kept for the next use.
 */
final class CopyRows {
    /** Signature of 11 bytes, then flags and the length of an extension, both four zeros. */
    private static final byte[] HEADER =
            Arrays.copyOf(
                    new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0},
                    19);

    private byte[] buffer = new byte[64 * 1024];
    private int length;
    private int rows;

    CopyRows() {
        clear();
    }

    void clear() {
        System.arraycopy(HEADER, 0, buffer, 0, HEADER.length);
        length = HEADER.length;
        rows = 0;
    }

    CopyRows row(int fields) {
        rows++;
        put(fields, 2);
        return this;
    }

    CopyRows int8(long value) {
        put(8, 4);
        put(value, 8);
        return this;
    }

    CopyRows int8OrNothing(@Nullable Long value) {
        return value == null ? nothing() : int8(value);
    }

    CopyRows int2(short value) {
        put(2, 4);
        put(value, 2);
        return this;
    }

    CopyRows bool(boolean value) {
        put(1, 4);
        put(value ? 1 : 0, 1);
        return this;
    }

    CopyRows text(@Nullable String value) {
        if (value == null) {
            return nothing();
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        put(bytes.length, 4);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    CopyRows nothing() {
        put(-1, 4);
        return this;
    }

    /** Sends the rows, if there are any, and forgets them. */
    void send(CopyManager copy, String statement) throws SQLException {
        if (rows == 0) {
            return;
        }
        put(-1, 2);
        CopyIn target = copy.copyIn(statement);
        target.writeToCopy(buffer, 0, length);
        long stored = target.endCopy();
        if (stored != rows) {
            throw new IllegalStateException("sent " + rows + " rows, stored " + stored);
        }
        clear();
    }

    private void put(long value, int size) {
        reserve(size);
        for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int size) {
        if (buffer.length - length < size) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + size));
        }
    }
}
