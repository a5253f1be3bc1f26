-- Users apart, everything here is a projection of the engine's event feed and can be built anew from it.
--
-- What belongs to an account has account_id first in its primary key, what belongs to the market has symbol; no foreign key
-- and no unique index crosses accounts, so that tables can be split over servers and partitioned by their id, which ascends
-- with time.
--
-- Prices, quantities and cash are integers in the instrument's and currency's units; times are UTC nanoseconds since the
-- epoch. Codes: side 1 BUY, 2 SELL · order_type 1 LIMIT, 2 MARKET, 3 STOP, 4 STOP_LIMIT, 5 TRAILING_STOP · time_in_force
-- 1 GTC, 2 DAY, 3 GTD, 4 IOC, 5 FOK · self_trade_prevention 1 CANCEL_NEWEST, 2 CANCEL_OLDEST, 3 CANCEL_BOTH, 4 DECREMENT ·
-- order status 1 NEW, 2 PENDING_TRIGGER, 3 PARTIALLY_FILLED, 4 FILLED, 5 CANCELED, 6 EXPIRED, 7 REJECTED · cancel_reason
-- 1 USER, 2 ADMIN, 3 REPLACED, 4 NO_LIQUIDITY, 5 IOC_REMAINDER, 6 FOK_NOT_FILLABLE, 7 SELF_TRADE, 8 PRICE_BAND,
-- 9 INSUFFICIENT_FUNDS, 10 POSITION_LIMIT, 11 ACCOUNT_SUSPENDED · liquidity 1 MAKER, 2 TAKER · instrument status 1 OPEN,
-- 2 HALTED · role 1 TRADER, 2 ADMIN.

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

CREATE TABLE closed_orders (LIKE open_orders, PRIMARY KEY (account_id, order_id));
CREATE INDEX closed_orders_client_order_id ON closed_orders (account_id, client_order_id)
    WHERE client_order_id IS NOT NULL;

CREATE VIEW orders AS
SELECT * FROM open_orders
UNION ALL
SELECT * FROM closed_orders;

-- Both sides of each trade, as their accounts see it: the ledger entries of trading.
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
    PRIMARY KEY (account_id, trade_id)
);
CREATE INDEX fills_order ON fills (account_id, order_id);

CREATE TABLE trades (
    trade_id   bigint   NOT NULL,
    price      bigint   NOT NULL,
    quantity   bigint   NOT NULL,
    sequence   bigint   NOT NULL,
    time_nanos bigint   NOT NULL,
    taker_side smallint NOT NULL,
    symbol     text COLLATE "C" NOT NULL,
    PRIMARY KEY (symbol, trade_id)
);

-- Deposits and withdrawals: the other ledger entries.
CREATE TABLE cash_adjustments (
    account_id bigint NOT NULL,
    sequence   bigint NOT NULL,
    amount     bigint NOT NULL,
    time_nanos bigint NOT NULL,
    currency   text COLLATE "C" NOT NULL,
    reference  text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, sequence)
);

CREATE TABLE position_adjustments (
    account_id bigint NOT NULL,
    sequence   bigint NOT NULL,
    quantity   bigint NOT NULL,
    time_nanos bigint NOT NULL,
    symbol     text COLLATE "C" NOT NULL,
    reference  text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, sequence)
);

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

-- How far the projection has come: one row, the last event that is in it.
CREATE TABLE projection_position (
    only_row boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
    sequence bigint  NOT NULL
) WITH (fillfactor = 10);
INSERT INTO projection_position (sequence) VALUES (0);
