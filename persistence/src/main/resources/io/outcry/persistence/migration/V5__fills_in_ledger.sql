-- A fill says already what its trade changed of the account's cash and position; with the balances after it a row of its own in
-- the ledger is not needed. So the ledger is the fills and the postings, which are all other changes: the house's fees, and what
-- comes from outside of the venue. A third fewer rows are written of each trade.
--
-- No account is on both sides of a trade, so sequence tells an account's fills apart, and puts them in their order.

ALTER TABLE fills ADD COLUMN cash_balance bigint, ADD COLUMN quantity_balance bigint;
UPDATE fills f SET cash_balance = l.cash_balance, quantity_balance = l.quantity_balance
FROM ledger l WHERE l.account_id = f.account_id AND l.sequence = f.sequence AND l.kind = 1;
ALTER TABLE fills ALTER COLUMN cash_balance SET NOT NULL, ALTER COLUMN quantity_balance SET NOT NULL;
ALTER TABLE fills DROP CONSTRAINT fills_pkey;
ALTER TABLE fills ADD PRIMARY KEY (account_id, sequence);

DELETE FROM ledger WHERE kind = 1;
ALTER TABLE ledger RENAME TO postings;
ALTER INDEX ledger_pkey RENAME TO postings_pkey;
DO $$
DECLARE
    first bigint;
BEGIN
    FOR first IN SELECT first_sequence FROM history_segments LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', 'ledger_from_' || first, 'postings_from_' || first);
    END LOOP;
END
$$;

CREATE VIEW ledger AS
SELECT account_id, sequence, time_nanos, trade_id,
    CASE side WHEN 1 THEN -notional - fee ELSE notional - fee END AS cash, cash_balance,
    CASE side WHEN 1 THEN quantity ELSE -quantity END AS quantity, quantity_balance,
    1::smallint AS kind, currency, symbol, NULL::text COLLATE "C" AS reference
FROM fills
UNION ALL
SELECT account_id, sequence, time_nanos, trade_id, cash, cash_balance, quantity, quantity_balance, kind, currency, symbol, reference
FROM postings;

CREATE OR REPLACE FUNCTION begin_history_segment(first_new bigint, end_new bigint, begun_at bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    history   text;
    partition text;
BEGIN
    FOREACH history IN ARRAY ARRAY['closed_orders', 'order_changes', 'fills', 'trades', 'postings'] LOOP
        partition := history || '_from_' || first_new;
        EXECUTE format('CREATE TABLE %I (LIKE %I)', partition, history);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', history, partition, first_new, end_new);
    END LOOP;
    INSERT INTO history_segments (first_sequence, end_sequence, begun_at_nanos) VALUES (first_new, end_new, begun_at);
END
$$;
