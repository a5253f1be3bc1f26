package io.outcry.domain.store;

/**
 * A part of a list that is ordered by descending id.
 *
 * @param beforeId only ids below it; {@link Long#MAX_VALUE}: from the newest
 * @param limit 1 to 500
 */
public record Page(long beforeId, int limit) {
    /** Most entries of one page. */
    public static final int MAX_LIMIT = 500;

    public Page {
        if (beforeId <= 0) {
            throw new IllegalArgumentException("page boundary must be above 0");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
        }
    }

    /** From the newest on. */
    public static Page first(int limit) {
        return new Page(Long.MAX_VALUE, limit);
    }
}
