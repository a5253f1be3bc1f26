package io.outcry.persistence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

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
        putShort(fields);
        return this;
    }

    CopyRows int8(long value) {
        putInt(Long.BYTES);
        reserve(Long.BYTES);
        LONG.set(buffer, length, value);
        length += Long.BYTES;
        return this;
    }

    CopyRows int8OrNothing(@Nullable Long value) {
        return value == null ? nothing() : int8(value);
    }

    CopyRows int2(short value) {
        putInt(Short.BYTES);
        putShort(value);
        return this;
    }

    CopyRows bool(boolean value) {
        putInt(1);
        reserve(1);
        buffer[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    CopyRows text(@Nullable String value) {
        if (value == null) {
            return nothing();
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        putInt(bytes.length);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    CopyRows nothing() {
        putInt(-1);
        return this;
    }

    /** Sends the rows, if there are any, and forgets them. */
    void send(CopyManager copy, String statement) throws SQLException {
        if (rows == 0) {
            return;
        }
        putShort(-1);
        CopyIn target = copy.copyIn(statement);
        target.writeToCopy(buffer, 0, length);
        long stored = target.endCopy();
        if (stored != rows) {
            throw new IllegalStateException("sent " + rows + " rows, stored " + stored);
        }
        clear();
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(buffer, length, value);
        length += Integer.BYTES;
    }

    private void putShort(int value) {
        reserve(Short.BYTES);
        SHORT.set(buffer, length, (short) value);
        length += Short.BYTES;
    }

    private void reserve(int size) {
        if (buffer.length - length < size) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + size));
        }
    }
}
