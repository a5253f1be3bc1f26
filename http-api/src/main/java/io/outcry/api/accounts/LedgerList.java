package io.outcry.api.accounts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.json.Times;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.account.LedgerEntry.CashChange;
import io.outcry.domain.account.LedgerEntry.PositionChange;
import io.outcry.domain.money.Scale;
import io.outcry.domain.store.Cursor;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.Page;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Lists every change of an account's balances, newest first. Safe for use by many threads. */
final class LedgerList {
    private static final String LIST = "ledger";
    private static final int DEFAULT_LIMIT = 100;

    private final InstrumentTable instruments;
    private final LedgerStore ledger;
    private final ReadAfterWrite reads;

    LedgerList(InstrumentTable instruments, LedgerStore ledger, ReadAfterWrite reads) {
        this.instruments = instruments;
        this.ledger = ledger;
        this.reads = reads;
    }

    void entries(Exchange exchange) throws IOException, InterruptedException {
        QueryParameters query = exchange.query(Set.of("cursor", "limit"));
        Long before =
                query.read(
                        "cursor",
                        text -> Cursor.read(LIST, text),
                        "must be a next_cursor of this list");
        int limit = query.number("limit", 1, Page.MAX_LIMIT, DEFAULT_LIMIT);
        query.throwIfInvalid();
        reads.settle(exchange);
        Page page = new Page(before == null ? Long.MAX_VALUE : before, limit);
        List<LedgerEntry> found = ledger.entries(exchange.caller().accountId(), page);
        exchange.answer(200, json -> write(json, found, page));
    }

    private void write(JsonGenerator json, List<LedgerEntry> found, Page page) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("entries");
        for (LedgerEntry entry : found) {
            write(json, entry);
        }
        json.writeEndArray();
        boolean last = found.size() < page.limit();
        json.writeStringField(
                "next_cursor", last ? null : Cursor.write(LIST, found.get(found.size() - 1).id()));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, LedgerEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", entry.sequence());
        json.writeStringField("kind", entry.kind().name());
        json.writeStringField("time", Times.format(entry.timeNanos()));
        json.writeStringField(
                "trade_id", entry.tradeId() == 0 ? null : Long.toString(entry.tradeId()));
        json.writeStringField("reference", entry.reference());
        CashChange cash = entry.cash();
        if (cash != null) {
            Scale scale = instruments.of(cash.currency());
            json.writeStringField("currency", cash.currency().code());
            json.writeStringField("cash", scale.format(cash.amount()));
            json.writeStringField("cash_balance", scale.format(cash.balance()));
        }
        PositionChange position = entry.position();
        if (position != null) {
            Scale scale = instruments.of(position.symbol()).quantityScale();
            json.writeStringField("symbol", position.symbol().value());
            json.writeStringField("quantity", scale.format(position.quantity()));
            json.writeStringField("quantity_balance", scale.format(position.balance()));
        }
        json.writeEndObject();
    }
}
