package io.outcry.bench;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.IOrder;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * exchange-core's direct order book on the flow, alone: no risk engine, no pipeline, no journal.
 * Single thread.
 */
final class ExchangeCoreBench {

    /** What one pass did, and how fast: by the wall clock, and by this thread's processor time. */
    record Pass(FlowOutcome outcome, double commandsPerSecond, double commandsPerCpuSecond) {}

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<OrderCommand> commands;

    ExchangeCoreBench(List<OrderCommand> commands) {
        this.commands = commands;
    }

    /** Passes over the flow, each with a book of its own; the early ones also warm the JIT up. */
    List<Pass> run(int passes) {
        List<Pass> done = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            done.add(runPass());
        }
        return done;
    }

    private Pass runPass() {
        IOrderBook book =
                new OrderBookDirectImpl(
                        symbol(),
                        ObjectsPool.createDefaultTestPool(),
                        OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
                        LoggingConfiguration.DEFAULT);
        TradeCount trades = new TradeCount();
        long cpuStart = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        for (OrderCommand command : commands) {
            CommandResultCode result = IOrderBook.processCommand(book, command);
            if (result != CommandResultCode.SUCCESS) {
                throw new IllegalStateException(
                        "exchange-core answered " + result + " to " + command);
            }
            trades.add(command);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e9;
        int count = commands.size();
        return new Pass(outcome(book, trades), count / seconds, count / cpuSeconds);
    }

    private static FlowOutcome outcome(IOrderBook book, TradeCount trades) {
        return new FlowOutcome(
                trades.trades,
                trades.traded,
                book.getOrdersNum(OrderAction.BID),
                book.getTotalOrdersVolume(OrderAction.BID),
                book.getOrdersNum(OrderAction.ASK),
                book.getTotalOrdersVolume(OrderAction.ASK),
                bestPrice(book.bidOrdersStream(true)),
                bestPrice(book.askOrdersStream(true)));
    }

    private static long bestPrice(Stream<? extends IOrder> bestFirst) {
        return bestFirst.findFirst().map(IOrder::getPrice).orElse(0L);
    }

    private static CoreSymbolSpecification symbol() {
        return CoreSymbolSpecification.builder()
                .symbolId(1)
                .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
                .baseCurrency(1)
                .quoteCurrency(2)
                .baseScaleK(1)
                .quoteScaleK(1)
                .build();
    }

    /** Takes the events of each command as whoever reports them would. */
    private static final class TradeCount {
        private long trades;
        private long traded;

        void add(OrderCommand command) {
            MatcherTradeEvent event = command.matcherEvent;
            while (event != null) {
                if (event.eventType == MatcherEventType.TRADE) {
                    trades++;
                    traded += event.size;
                }
                event = event.nextEvent;
            }
            command.matcherEvent = null;
        }
    }
}
