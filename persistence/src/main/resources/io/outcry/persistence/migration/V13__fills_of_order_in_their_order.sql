-- The newest fills of an order are found without reading its others: it may have had millions. Made before the old one goes, so
-- that fills can be read meanwhile.
CREATE INDEX fills_of_order ON fills (account_id, order_id, sequence) WHERE NOT completes_order;
DROP INDEX fills_order;
