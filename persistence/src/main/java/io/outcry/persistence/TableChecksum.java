package io.outcry.persistence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Adds rows up to a number that does not depend on their order, and tells a row that is missing,
 * wrong or there twice: the sum of the first 64 bits of each row's SHA-256. For one thread.
 */
final class TableChecksum {
    private final MessageDigest digest;
    private long rows;
    private long sum;

    TableChecksum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(String row) {
        byte[] hash = digest.digest(row.getBytes(StandardCharsets.UTF_8));
        long head = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            head = head << Byte.SIZE | (hash[i] & 0xff);
        }
        sum += head;
        rows++;
    }

    long rows() {
        return rows;
    }

    /** 16 hexadecimal digits. */
    String text() {
        return String.format("%016x", sum);
    }
}
