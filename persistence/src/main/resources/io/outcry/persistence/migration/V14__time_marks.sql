-- Where in history a time lies, told by the sequence or the order id that the venue had reached then (TimeMarks.java). One row in
-- some thousand events or orders, so a look here takes the place of a search of each account's rows. A mark that is missing makes
-- a search wider, never wrong. key_kind: 1 sequence, 2 order id.
CREATE TABLE time_marks (
    time_nanos bigint   NOT NULL,
    key        bigint   NOT NULL,
    key_kind   smallint NOT NULL,
    PRIMARY KEY (key_kind, time_nanos, key)
);
INSERT INTO time_marks (time_nanos, key, key_kind)
SELECT time_nanos, sequence, 1 FROM trades WHERE trade_id % 1000 = 0
UNION ALL
SELECT created_at_nanos, order_id, 2 FROM orders WHERE order_id % 1000 = 0;
