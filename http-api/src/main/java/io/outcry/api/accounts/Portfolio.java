package io.outcry.api.accounts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.money.Scale;
import io.outcry.domain.portfolio.PortfolioTotals;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.CostedPosition;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Positions with their profit and loss, and what they come to. Safe for use by many threads. */
final class Portfolio {
    private final InstrumentTable instruments;
    private final AccountStore accounts;
    private final ReadAfterWrite reads;
    private final Currency currency;

    /**
     * Reads from these.
     *
     * @param currency that a summary is in unless another is asked for
     */
    Portfolio(
            InstrumentTable instruments,
            AccountStore accounts,
            ReadAfterWrite reads,
            Currency currency) {
        this.instruments = instruments;
        this.accounts = accounts;
        this.reads = reads;
        this.currency = currency;
    }

    /** All positions, among them those that are closed but have realized something. */
    void positions(Exchange exchange) throws IOException, InterruptedException {
        exchange.query(Set.of());
        reads.settleWithPrices(exchange);
        List<ValuedPosition> positions = valued(accounts.positions(exchange.caller().accountId()));
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("positions");
                    for (ValuedPosition position : positions) {
                        position.write(json);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    /** One currency's positions and cash together. */
    void summary(Exchange exchange) throws IOException, InterruptedException {
        QueryParameters query = exchange.query(Set.of("currency"));
        Currency asked = query.read("currency", Currency::new, "must be 1-8 of A-Z 0-9");
        query.throwIfInvalid();
        Currency in = asked == null ? currency : asked;
        Scale scale = instruments.cashScale(in);
        if (scale == null) {
            throw Problem.ofField(
                            ErrorCode.INVALID_FIELD, "currency", "is not one that is traded in")
                    .toException();
        }
        reads.settleWithPrices(exchange);
        AccountStore.Holdings holdings = accounts.holdings(exchange.caller().accountId());
        long cash = holdings.account().map(account -> cash(account, in)).orElse(0L);
        List<ValuedPosition> positions =
                valued(holdings.positions()).stream()
                        .filter(position -> position.costed().currency().equals(in))
                        .toList();
        exchange.answer(200, json -> write(json, in, scale, cash, positions));
    }

    private List<ValuedPosition> valued(List<CostedPosition> positions) {
        return positions.stream()
                .map(position -> ValuedPosition.of(position, instruments.of(position.symbol())))
                .toList();
    }

    private static long cash(Account account, Currency currency) {
        return account.cash().stream()
                .filter(balance -> balance.currency().equals(currency))
                .mapToLong(CashBalance::cash)
                .sum();
    }

    static void write(
            JsonGenerator json,
            Currency currency,
            Scale scale,
            long cash,
            List<ValuedPosition> positions)
            throws IOException {
        PortfolioTotals totals = PortfolioTotals.ofCash(cash);
        for (ValuedPosition position : positions) {
            totals = totals.with(position.costed().basis(), position.marketValue());
        }
        json.writeStartObject();
        json.writeStringField("currency", currency.code());
        json.writeNumberField("total_positions", totals.openPositions());
        json.writeStringField("total_realized_pnl", scale.format(totals.realizedPnl()));
        json.writeStringField("total_unrealized_pnl", scale.format(totals.unrealizedPnl()));
        json.writeStringField("cash", scale.format(totals.cash()));
        json.writeStringField("equity", scale.format(totals.equity()));
        json.writeEndObject();
    }
}
