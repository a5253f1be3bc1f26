package io.outcry.persistence;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Candles from rows. Pure functions. */
final class CandleRows {
    static final String COLUMNS =
            "c.symbol, c.candle_interval, c.open_time_nanos, c.open, c.high, c.low, c.close,"
                    + " c.volume, c.turnover, c.trades, c.sequence";

    /** Of each symbol and interval; the intervals are all that have a code. */
    static final String SELECT_NEWEST =
            "SELECT "
                    + COLUMNS
                    + " FROM instruments i CROSS JOIN generate_series(1, "
                    + Codes.CANDLE_INTERVAL.size()
                    + ") AS n (code) CROSS JOIN LATERAL (SELECT * FROM candles"
                    + " WHERE symbol = i.symbol AND candle_interval = n.code"
                    + " ORDER BY open_time_nanos DESC LIMIT 1) c";

    private CandleRows() {}

    /** From a row of {@link #COLUMNS}. */
    static Candle read(ResultSet row) throws SQLException {
        return new Candle(
                new Symbol(row.getString(1)),
                Codes.CANDLE_INTERVAL.of(row.getShort(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11));
    }
}
