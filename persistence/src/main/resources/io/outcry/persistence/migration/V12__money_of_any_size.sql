-- What a position cost and has realized are sums over its whole life, which may grow past 64 bits though no trade does.
ALTER TABLE positions
    ALTER COLUMN cost TYPE numeric,
    ALTER COLUMN realized_pnl TYPE numeric;
