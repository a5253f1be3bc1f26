-- Users apart, everything here is a projection of the engine's event feed and can be built anew from it.
--
-- What belongs to an account has account_id first in its primary key, what belongs to the market has symbol; no foreign key
-- and no unique index crosses accounts, so that tables can be split over servers.
--
-- History, which only grows, is partitioned by the sequence of the event that wrote the row. Sequences never go back, so a
-- partition is complete once the next one has begun. One row of history_segments stands for a range of sequences and for the
-- partition of that range of each table; the projection's writer begins segments (HistorySegments.java).
--
-- Prices, quantities and cash are integers in the instrument's and currency's units; times are UTC nanoseconds since the
-- epoch. Codes: side 1 BUY, 2 SELL · order_type 1 LIMIT, 2 MARKET, 3 STOP, 4 STOP_LIMIT, 5 TRAILING_STOP · time_in_force
-- 1 GTC, 2 DAY, 3 GTD, 4 IOC, 5 FOK · self_trade_prevention 1 CANCEL_NEWEST, 2 CANCEL_OLDEST, 3 CANCEL_BOTH, 4 DECREMENT ·
-- order status 1 NEW, 2 PENDING_TRIGGER, 3 PARTIALLY_FILLED, 4 FILLED, 5 CANCELED, 6 EXPIRED, 7 REJECTED · cancel_reason
-- 1 USER, 2 ADMIN, 3 REPLACED, 4 NO_LIQUIDITY, 5 IOC_REMAINDER, 6 FOK_NOT_FILLABLE, 7 SELF_TRADE, 8 PRICE_BAND,
-- 9 INSUFFICIENT_FUNDS, 10 POSITION_LIMIT, 11 ACCOUNT_SUSPENDED · liquidity 1 MAKER, 2 TAKER · instrument status 1 OPEN,
-- 2 HALTED · role 1 TRADER, 2 ADMIN · ledger kind 1 TRADE, 2 FEE, 3 CASH_ADJUSTMENT,
-- 4 POSITION_ADJUSTMENT · order change 1 REPLACED, 2 TRIGGERED, 3 REDUCED · account change 1 OPENED, 2 LIMITS_SET,
-- 3 SUSPENDED, 4 RESUMED · candle interval 1 1s, 2 1m, 3 5m, 4 1h, 5 1d.

CREATE SEQUENCE account_ids;

CREATE TABLE users (
    user_id       uuid        NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    username      text        NOT NULL,
    email         text        NOT NULL,
    full_name     text,
    password_hash text        NOT NULL,
    account_id    bigint      NOT NULL UNIQUE,
    role          smallint    NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_username ON users (lower(username));
CREATE UNIQUE INDEX users_email ON users (lower(email));

CREATE TABLE instruments (
    symbol          text COLLATE "C" NOT NULL PRIMARY KEY,
    currency        text COLLATE "C" NOT NULL,
    price_scale     smallint         NOT NULL,
    quantity_scale  smallint         NOT NULL,
    cash_scale      smallint         NOT NULL,
    tick            bigint           NOT NULL,
    lot             bigint           NOT NULL,
    max_quantity    bigint           NOT NULL,
    max_notional    bigint           NOT NULL,
    reference_price bigint           NOT NULL,
    band_ppm        bigint           NOT NULL,
    maker_fee_ppm   integer          NOT NULL,
    taker_fee_ppm   integer          NOT NULL,
    status          smallint         NOT NULL,
    last_price      bigint           NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE accounts (
    account_id      bigint  NOT NULL PRIMARY KEY,
    suspended       boolean NOT NULL,
    short_limit     bigint  NOT NULL,
    opened_at_nanos bigint  NOT NULL
);

-- An order is in one of two tables: here while it is open, where it changes in place, and in closed_orders once it has ended,
-- where it never changes again. Most orders end within the batch that accepts them and are never written here.
CREATE TABLE open_orders (
    account_id            bigint   NOT NULL,
    order_id              bigint   NOT NULL,
    quantity              bigint   NOT NULL,
    price                 bigint   NOT NULL,
    stop_price            bigint   NOT NULL,
    trail_amount          bigint   NOT NULL,
    display_quantity      bigint   NOT NULL,
    expires_at_nanos      bigint   NOT NULL,
    filled_quantity       bigint   NOT NULL,
    filled_notional       bigint   NOT NULL,
    fees                  bigint   NOT NULL,
    created_at_nanos      bigint   NOT NULL,
    updated_at_nanos      bigint   NOT NULL,
    sequence              bigint   NOT NULL,
    side                  smallint NOT NULL,
    order_type            smallint NOT NULL,
    time_in_force         smallint NOT NULL,
    self_trade_prevention smallint NOT NULL,
    status                smallint NOT NULL,
    cancel_reason         smallint,
    post_only             boolean  NOT NULL,
    symbol                text COLLATE "C" NOT NULL,
    client_order_id       text COLLATE "C",
    PRIMARY KEY (account_id, order_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

CREATE TABLE closed_orders (LIKE open_orders, PRIMARY KEY (account_id, order_id, sequence)) PARTITION BY RANGE (sequence);
CREATE INDEX closed_orders_client_order_id ON closed_orders (account_id, client_order_id)
    WHERE client_order_id IS NOT NULL;

CREATE VIEW orders AS
SELECT * FROM open_orders
UNION ALL
SELECT * FROM closed_orders;

-- The terms that a replacement, a trigger or self-trade prevention took an order from: the steps of its life that neither the
-- order itself nor its fills tell.
CREATE TABLE order_changes (
    account_id   bigint   NOT NULL,
    order_id     bigint   NOT NULL,
    sequence     bigint   NOT NULL,
    time_nanos   bigint   NOT NULL,
    quantity     bigint   NOT NULL,
    price        bigint   NOT NULL,
    stop_price   bigint   NOT NULL,
    trail_amount bigint   NOT NULL,
    change       smallint NOT NULL,
    PRIMARY KEY (account_id, order_id, sequence)
) PARTITION BY RANGE (sequence);

-- Both sides of each trade, as their accounts see it.
CREATE TABLE fills (
    account_id bigint   NOT NULL,
    trade_id   bigint   NOT NULL,
    order_id   bigint   NOT NULL,
    price      bigint   NOT NULL,
    quantity   bigint   NOT NULL,
    notional   bigint   NOT NULL,
    fee        bigint   NOT NULL,
    sequence   bigint   NOT NULL,
    time_nanos bigint   NOT NULL,
    side       smallint NOT NULL,
    liquidity  smallint NOT NULL,
    symbol     text COLLATE "C" NOT NULL,
    currency   text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, trade_id, sequence)
) PARTITION BY RANGE (sequence);
CREATE INDEX fills_order ON fills (account_id, order_id);

CREATE TABLE trades (
    trade_id   bigint   NOT NULL,
    price      bigint   NOT NULL,
    quantity   bigint   NOT NULL,
    sequence   bigint   NOT NULL,
    time_nanos bigint   NOT NULL,
    taker_side smallint NOT NULL,
    symbol     text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, trade_id, sequence)
) PARTITION BY RANGE (sequence);

-- Every change of cash and positions, by double entry: what one event changes adds up to 0 for each currency and each symbol.
-- What comes from outside of the venue, or goes there, is account -1's, which has no balances; fees are account 0's. Any other
-- account's changes add up to its balances, which each row shows as they were then.
CREATE TABLE ledger (
    account_id       bigint   NOT NULL,
    sequence         bigint   NOT NULL,
    time_nanos       bigint   NOT NULL,
    trade_id         bigint,
    cash             bigint,
    cash_balance     bigint,
    quantity         bigint,
    quantity_balance bigint,
    kind             smallint NOT NULL,
    currency         text COLLATE "C",
    symbol           text COLLATE "C",
    reference        text COLLATE "C",
    PRIMARY KEY (account_id, sequence, kind)
) PARTITION BY RANGE (sequence);

-- Seldom written, and kept whole.
CREATE TABLE account_history (
    account_id   bigint   NOT NULL,
    sequence     bigint   NOT NULL,
    time_nanos   bigint   NOT NULL,
    credit_limit bigint,
    short_limit  bigint,
    change       smallint NOT NULL,
    currency     text COLLATE "C",
    PRIMARY KEY (account_id, sequence)
);

CREATE TABLE instrument_history (
    sequence        bigint   NOT NULL,
    time_nanos      bigint   NOT NULL,
    tick            bigint   NOT NULL,
    lot             bigint   NOT NULL,
    max_quantity    bigint   NOT NULL,
    max_notional    bigint   NOT NULL,
    reference_price bigint   NOT NULL,
    band_ppm        bigint   NOT NULL,
    maker_fee_ppm   integer  NOT NULL,
    taker_fee_ppm   integer  NOT NULL,
    status          smallint NOT NULL,
    symbol          text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, sequence)
);

-- The newest candle of each interval changes in place until the next one begins.
CREATE TABLE candles (
    open_time_nanos bigint   NOT NULL,
    open            bigint   NOT NULL,
    high            bigint   NOT NULL,
    low             bigint   NOT NULL,
    close           bigint   NOT NULL,
    volume          bigint   NOT NULL,
    turnover        bigint   NOT NULL,
    trades          bigint   NOT NULL,
    sequence        bigint   NOT NULL,
    candle_interval smallint NOT NULL,
    symbol          text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, candle_interval, open_time_nanos)
) WITH (fillfactor = 80);

-- Rewritten by every batch, so half of each page is left for the next versions of its rows.
CREATE TABLE cash_balances (
    account_id   bigint NOT NULL,
    currency     text COLLATE "C" NOT NULL,
    cash         bigint NOT NULL,
    credit_limit bigint NOT NULL,
    PRIMARY KEY (account_id, currency)
) WITH (fillfactor = 50);

CREATE TABLE positions (
    account_id   bigint NOT NULL,
    symbol       text COLLATE "C" NOT NULL,
    quantity     bigint NOT NULL,
    cost         bigint NOT NULL,
    realized_pnl bigint NOT NULL,
    PRIMARY KEY (account_id, symbol)
) WITH (fillfactor = 50);

-- The ranges of sequences that history is partitioned by: [first_sequence, end_sequence), without a gap.
CREATE TABLE history_segments (
    first_sequence bigint NOT NULL PRIMARY KEY,
    end_sequence   bigint NOT NULL,
    begun_at_nanos bigint NOT NULL
);

-- How far the projection has come: one row, the last event that is in it.
CREATE TABLE projection_position (
    only_row boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
    sequence bigint  NOT NULL
) WITH (fillfactor = 10);
INSERT INTO projection_position (sequence) VALUES (0);
