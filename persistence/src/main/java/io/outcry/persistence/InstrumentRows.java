package io.outcry.persistence;

import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentChange;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Instruments from and to rows. Pure functions. */
final class InstrumentRows {
    private static final String COLUMNS =
            "symbol, currency, price_scale, quantity_scale, cash_scale, tick, lot, max_quantity,"
                    + " max_notional, reference_price, band_ppm, maker_fee_ppm, taker_fee_ppm,"
                    + " status, last_price";
    static final String SELECT_ALL = "SELECT " + COLUMNS + " FROM instruments ORDER BY symbol";

    /** The last price is the trades' alone to set. */
    static final String UPSERT =
            "INSERT INTO instruments ("
                    + COLUMNS
                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
                    + " ON CONFLICT (symbol) DO UPDATE SET tick = excluded.tick,"
                    + " lot = excluded.lot, max_quantity = excluded.max_quantity,"
                    + " max_notional = excluded.max_notional,"
                    + " reference_price = excluded.reference_price,"
                    + " band_ppm = excluded.band_ppm, maker_fee_ppm = excluded.maker_fee_ppm,"
                    + " taker_fee_ppm = excluded.taker_fee_ppm, status = excluded.status";

    /** What never changes of an instrument is not told again. */
    static final String INSERT_CHANGE =
            "INSERT INTO instrument_history (symbol, sequence, time_nanos, tick, lot, max_quantity,"
                    + " max_notional, reference_price, band_ppm, maker_fee_ppm, taker_fee_ppm,"
                    + " status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** As {@link #readChange} reads it. */
    static final String SELECT_CHANGES =
            "SELECT symbol, i.currency, i.price_scale, i.quantity_scale, i.cash_scale, h.tick,"
                    + " h.lot, h.max_quantity, h.max_notional, h.reference_price, h.band_ppm,"
                    + " h.maker_fee_ppm, h.taker_fee_ppm, h.status, 0, h.sequence, h.time_nanos"
                    + " FROM instrument_history h JOIN instruments i USING (symbol)";

    private InstrumentRows() {}

    static InstrumentChange readChange(ResultSet row) throws SQLException {
        return new InstrumentChange(row.getLong(16), row.getLong(17), read(row));
    }

    static void bindChange(PreparedStatement insert, InstrumentChange change) throws SQLException {
        Instrument instrument = change.instrument();
        insert.setString(1, instrument.symbol().value());
        insert.setLong(2, change.sequence());
        insert.setLong(3, change.timeNanos());
        insert.setLong(4, instrument.tick());
        insert.setLong(5, instrument.lot());
        insert.setLong(6, instrument.maxQuantity());
        insert.setLong(7, instrument.maxNotional());
        insert.setLong(8, instrument.referencePrice());
        insert.setLong(9, instrument.bandPpm());
        insert.setInt(10, instrument.makerFeePpm());
        insert.setInt(11, instrument.takerFeePpm());
        insert.setShort(12, Codes.INSTRUMENT_STATUS.of(instrument.status()));
    }

    static Instrument read(ResultSet row) throws SQLException {
        return new Instrument(
                new Symbol(row.getString(1)),
                new Currency(row.getString(2)),
                new Scale(row.getInt(3)),
                new Scale(row.getInt(4)),
                new Scale(row.getInt(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getInt(12),
                row.getInt(13),
                Codes.INSTRUMENT_STATUS.of(row.getShort(14)),
                row.getLong(15));
    }

    static void bindUpsert(PreparedStatement upsert, Instrument instrument) throws SQLException {
        upsert.setString(1, instrument.symbol().value());
        upsert.setString(2, instrument.currency().code());
        upsert.setInt(3, instrument.priceScale().places());
        upsert.setInt(4, instrument.quantityScale().places());
        upsert.setInt(5, instrument.cashScale().places());
        upsert.setLong(6, instrument.tick());
        upsert.setLong(7, instrument.lot());
        upsert.setLong(8, instrument.maxQuantity());
        upsert.setLong(9, instrument.maxNotional());
        upsert.setLong(10, instrument.referencePrice());
        upsert.setLong(11, instrument.bandPpm());
        upsert.setInt(12, instrument.makerFeePpm());
        upsert.setInt(13, instrument.takerFeePpm());
        upsert.setShort(14, Codes.INSTRUMENT_STATUS.of(instrument.status()));
    }
}
