package io.outcry.domain.market;

/** Sums of what is never below 0, for statistics: they end at the largest number. */
final class Sums {
    private Sums() {}

    static long add(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
