-- A page of the ledger is read from the ends of the indexes of its three parts. PostgreSQL can do so only where no part has a
-- condition of its own (it then plans that part alone, and sorts all of it): so what says which trades change something for the
-- house stands outside. What changes neither cash nor a position is no row of the ledger.
CREATE OR REPLACE VIEW ledger AS
SELECT * FROM (
    SELECT account_id, sequence, time_nanos, trade_id,
        CASE side WHEN 1 THEN -notional - fee ELSE notional - fee END AS cash, cash_balance,
        CASE side WHEN 1 THEN quantity ELSE -quantity END AS quantity, quantity_balance,
        1::smallint AS kind, currency, symbol, NULL::text COLLATE "C" AS reference
    FROM fills
    UNION ALL
    SELECT 0::bigint AS account_id, sequence, time_nanos, trade_id, house_cash AS cash, house_cash_balance AS cash_balance,
        NULL::bigint AS quantity, NULL::bigint AS quantity_balance, 2::smallint AS kind, currency,
        NULL::text COLLATE "C" AS symbol, NULL::text COLLATE "C" AS reference
    FROM trades
    UNION ALL
    SELECT account_id, sequence, time_nanos, trade_id, cash, cash_balance, quantity, quantity_balance, kind, currency, symbol,
        reference
    FROM postings) changes
WHERE cash IS NOT NULL OR symbol IS NOT NULL;
