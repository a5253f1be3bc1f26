-- The fill that completes an order is found by its sequence, which is that of the order's row: only the others need an index by
-- order. Most orders are filled at once, so most fills go without an entry there.
ALTER TABLE fills ADD COLUMN completes_order boolean NOT NULL DEFAULT false;
UPDATE fills f SET completes_order = true
FROM closed_orders o
WHERE o.account_id = f.account_id AND o.order_id = f.order_id AND o.sequence = f.sequence AND o.status = 4;
ALTER TABLE fills ALTER COLUMN completes_order DROP DEFAULT;

DROP INDEX fills_order;
CREATE INDEX fills_order ON fills (account_id, order_id) WHERE NOT completes_order;
