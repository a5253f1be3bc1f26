package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.PublicTrade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last trades of each symbol, newest first, and whose have changed. For one thread. */
final class LastTrades {
    private final int perSymbol;
    private final Map<Symbol, Deque<PublicTrade>> trades = new HashMap<>();
    private final Set<Symbol> changed = new HashSet<>();

    LastTrades(int perSymbol) {
        this.perSymbol = perSymbol;
    }

    void add(PublicTrade trade) {
        Deque<PublicTrade> ofSymbol =
                trades.computeIfAbsent(trade.symbol(), symbol -> new ArrayDeque<>());
        ofSymbol.addFirst(trade);
        if (ofSymbol.size() > perSymbol) {
            ofSymbol.removeLast();
        }
        changed.add(trade.symbol());
    }

    Set<Symbol> symbols() {
        return trades.keySet();
    }

    /** The symbols with trades that are newer than when this was last asked. */
    Set<Symbol> takeChanged() {
        Set<Symbol> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    List<PublicTrade> of(Collection<Symbol> symbols) {
        List<PublicTrade> all = new ArrayList<>();
        for (Symbol symbol : symbols) {
            all.addAll(trades.getOrDefault(symbol, new ArrayDeque<>()));
        }
        return all;
    }
}
