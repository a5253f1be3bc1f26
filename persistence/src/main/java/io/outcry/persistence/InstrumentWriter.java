package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentChange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes what a batch makes of instruments. For one thread. */
final class InstrumentWriter {
    private static final String SET_LAST_PRICES =
            """
            UPDATE instruments i SET last_price = u.price
            FROM unnest(?, ?) AS u (symbol, price) WHERE i.symbol = u.symbol
            """;

    private final WriterStatements statements;

    InstrumentWriter(WriterStatements statements) {
        this.statements = statements;
    }

    void write(InstrumentTable instruments, List<InstrumentChange> changes) throws SQLException {
        for (Instrument instrument : instruments.changedTerms()) {
            PreparedStatement upsert = statements.prepare(InstrumentRows.UPSERT);
            InstrumentRows.bindUpsert(upsert, instrument);
            upsert.executeUpdate();
        }
        for (InstrumentChange change : changes) {
            PreparedStatement insert = statements.prepare(InstrumentRows.INSERT_CHANGE);
            InstrumentRows.bindChange(insert, change);
            insert.executeUpdate();
        }
        var prices = instruments.changedPrices();
        statements.change(
                SET_LAST_PRICES,
                prices.size(),
                texts(prices.keySet(), symbol -> symbol.value()),
                longs(prices.values(), price -> price));
    }
}
