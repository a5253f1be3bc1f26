-- An account's orders that ended before they had traded in full, newest first: most orders are filled, and a list of the others
-- would walk all of those. Filled orders have no entry here, so they cost nothing more to write.
CREATE INDEX closed_orders_not_filled ON closed_orders (account_id, order_id) WHERE status <> 4;
