-- What the house gets of a trade stands in the trade's own row, so it needs no posting of its own: the ledger is the fills, the
-- trades and the postings, which are what comes from outside of the venue or goes there. All three columns are NULL where a trade
-- changes nothing for the house.
ALTER TABLE trades
    ADD COLUMN house_cash bigint,
    ADD COLUMN house_cash_balance bigint,
    ADD COLUMN currency text COLLATE "C";
UPDATE trades t SET house_cash = p.cash, house_cash_balance = p.cash_balance, currency = p.currency
FROM postings p WHERE p.account_id = 0 AND p.sequence = t.sequence AND p.kind = 2;
DELETE FROM postings p USING trades t WHERE p.account_id = 0 AND p.sequence = t.sequence AND p.kind = 2;

-- Trades come in the order of their sequences, so their entries go to the index's end, which is the cheapest place.
CREATE INDEX trades_house ON trades (sequence) WHERE house_cash IS NOT NULL;

CREATE OR REPLACE VIEW ledger AS
SELECT account_id, sequence, time_nanos, trade_id,
    CASE side WHEN 1 THEN -notional - fee ELSE notional - fee END AS cash, cash_balance,
    CASE side WHEN 1 THEN quantity ELSE -quantity END AS quantity, quantity_balance,
    1::smallint AS kind, currency, symbol, NULL::text COLLATE "C" AS reference
FROM fills
UNION ALL
SELECT 0::bigint AS account_id, sequence, time_nanos, trade_id, house_cash AS cash, house_cash_balance AS cash_balance,
    NULL::bigint AS quantity, NULL::bigint AS quantity_balance, 2::smallint AS kind, currency, NULL::text COLLATE "C" AS symbol,
    NULL::text COLLATE "C" AS reference
FROM trades WHERE house_cash IS NOT NULL
UNION ALL
SELECT account_id, sequence, time_nanos, trade_id, cash, cash_balance, quantity, quantity_balance, kind, currency, symbol, reference
FROM postings;
