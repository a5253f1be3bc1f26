package io.outcry.persistence;

/**
 * A projected table beside what the feed's events make of it.
 *
 * @param projectedRows rows that it has
 * @param projectedChecksum of them, 16 hexadecimal digits
 * @param expectedRows rows that it should have
 * @param expectedChecksum of those
 */
public record TableComparison(
        String table,
        long projectedRows,
        String projectedChecksum,
        long expectedRows,
        String expectedChecksum) {

    /** Whether it has exactly the rows that it should have. */
    public boolean equal() {
        return projectedRows == expectedRows && projectedChecksum.equals(expectedChecksum);
    }
}
