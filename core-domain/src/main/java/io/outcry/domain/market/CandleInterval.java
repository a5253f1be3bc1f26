package io.outcry.domain.market;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long a candle lasts. Candles begin at whole multiples of it since the epoch, in UTC. */
public enum CandleInterval {
    ONE_SECOND("1s", 1),
    ONE_MINUTE("1m", 60),
    FIVE_MINUTES("5m", 300),
    ONE_HOUR("1h", 3_600),
    ONE_DAY("1d", 86_400);

    private final String code;
    private final long nanos;

    CandleInterval(String code, long seconds) {
        this.code = code;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** As clients write it, such as {@code 5m}. */
    public String code() {
        return code;
    }

    /** Its length in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /**
     * When the candle that a time falls into begins.
     *
     * @param timeNanos UTC nanoseconds since the epoch
     */
    public long startOf(long timeNanos) {
        return Math.floorDiv(timeNanos, nanos) * nanos;
    }

    /** The interval of that code; empty when there is none. */
    public static Optional<CandleInterval> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }
}
