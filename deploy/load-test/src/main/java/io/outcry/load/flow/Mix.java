package io.outcry.load.flow;

import io.outcry.load.flow.QuotingFlow.Quoted;
import io.outcry.load.flow.QuotingFlow.Shares;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of flow that clients can send. */
public enum Mix {
    /** BUY and SELL in turn, MARKET, 100 AAPL, with a worst price of 150. */
    MARKET,
    /** Limits around a price, every fifth of them crossing it. */
    LIMIT,
    /** Limits around a moving price, cancels and takers, over several symbols. */
    MIXED;

    private static final Shares LIMIT_SHARES = new Shares(20, 0, 0, 0);
    private static final Shares MIXED_SHARES = new Shares(5, 30, 10, 5);
    private static final long CLIENT_SEED_STEP = 0x9E3779B97F4A7C15L;

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a flow must know the terms of what it trades. */
    public boolean needsTerms() {
        return this != MARKET;
    }

    /** What is traded when nothing is named; empty: whatever the venue lists, up to a few. */
    public List<String> defaultSymbols() {
        return this == MIXED ? List.of() : List.of("AAPL");
    }

    /**
     * A flow for each client; the same arguments give the same flows.
     *
     * @param instruments what to trade, at least one
     */
    public List<OrderFlow> quotingFlows(
            List<TradedInstrument> instruments, long seed, int clients) {
        List<Quoted> quoted = instruments.stream().map(each -> quoted(each, seed)).toList();
        Shares shares = this == LIMIT ? LIMIT_SHARES : MIXED_SHARES;
        return IntStream.range(0, clients)
                .mapToLong(client -> seed + (client + 1) * CLIENT_SEED_STEP)
                .<OrderFlow>mapToObj(clientSeed -> new QuotingFlow(quoted, shares, clientSeed))
                .toList();
    }

    /** The flow of {@link #MARKET} for each client. */
    public static List<OrderFlow> marketFlows(String symbol, int clients) {
        return Stream.<OrderFlow>generate(() -> new MarketFlow(symbol)).limit(clients).toList();
    }

    /** A flow for each client, half of which begin with a buy, that trades at one price. */
    public static List<OrderFlow> crossingFlows(String symbol, int clients) {
        return IntStream.range(0, clients)
                .<OrderFlow>mapToObj(client -> new CrossingFlow(symbol, client % 2 == 0))
                .toList();
    }

    private Quoted quoted(TradedInstrument instrument, long seed) {
        long reference = instrument.referenceTicks();
        PricePath path =
                this == LIMIT
                        ? PricePath.still(reference)
                        : PricePath.moving(reference, seed + instrument.symbol().hashCode());
        return new Quoted(instrument, path);
    }
}
