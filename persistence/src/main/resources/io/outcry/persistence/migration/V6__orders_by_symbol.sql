-- An account's orders of one symbol, newest first: without an index of their own the list of a symbol that an account trades
-- rarely walks all its other orders.
CREATE INDEX closed_orders_symbol ON closed_orders (account_id, symbol, order_id);
