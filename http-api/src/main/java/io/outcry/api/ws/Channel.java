package io.outcry.api.ws;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.CandleInterval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client may follow.
 *
 * @param name as clients write it, such as {@code candles:AAPL:1m}
 * @param symbol null: of the client's own account
 * @param interval null unless of candles
 */
record Channel(String name, Kind kind, @Nullable Symbol symbol, @Nullable CandleInterval interval) {

    enum Kind {
        BOOK,
        TRADES,
        TICKER,
        CANDLES,
        ORDERS,
        ACCOUNT;

        boolean isPrivate() {
            return this == ORDERS || this == ACCOUNT;
        }
    }

    static final Channel OWN_ORDERS = new Channel("orders", Kind.ORDERS, null, null);
    static final Channel OWN_ACCOUNT = new Channel("account", Kind.ACCOUNT, null, null);

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Channel of(String name) {
        String[] parts = name.split(":", -1);
        Kind kind = kind(parts[0]);
        int expected = kind.isPrivate() ? 1 : kind == Kind.CANDLES ? 3 : 2;
        if (parts.length != expected) {
            throw new IllegalArgumentException("is no channel");
        }
        if (kind.isPrivate()) {
            return kind == Kind.ORDERS ? OWN_ORDERS : OWN_ACCOUNT;
        }
        CandleInterval interval =
                kind == Kind.CANDLES
                        ? CandleInterval.of(parts[2]).orElseThrow(IllegalArgumentException::new)
                        : null;
        return new Channel(name, kind, new Symbol(parts[1]), interval);
    }

    private static Kind kind(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("is no channel");
    }

    /** Of a channel that is not private. */
    Symbol ofSymbol() {
        if (symbol == null) {
            throw new IllegalStateException(name + " is of no symbol");
        }
        return symbol;
    }

    @Override
    public String toString() {
        return name;
    }
}
