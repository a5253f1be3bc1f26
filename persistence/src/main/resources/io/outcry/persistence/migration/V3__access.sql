-- Who is signed in, the keys of programs, and who did what. Like users, in no journal: backed up with the users.
-- Of secrets there are only hashes here, public keys, and what is sealed by a key that is not in the database.

CREATE TABLE sessions (
    session_id  uuid        NOT NULL PRIMARY KEY,
    user_id     uuid        NOT NULL,
    secret_hash text        NOT NULL,
    address     text        NOT NULL,
    began_at    timestamptz NOT NULL DEFAULT now(),
    idle_until  timestamptz NOT NULL,
    until       timestamptz NOT NULL,
    ended_at    timestamptz
);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_from ON sessions (user_id, address);
CREATE INDEX sessions_until ON sessions (until);

-- Subjects are names in lower case, with the address where one address alone is meant.
CREATE TABLE sign_in_failures (
    subject       text        NOT NULL PRIMARY KEY,
    failures      integer     NOT NULL,
    blocked_until timestamptz NOT NULL,
    last_at       timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_at);

-- algorithm 1 ED25519, 2 HMAC_SHA256; scopes 1 READ, 2 TRADE, added up.
CREATE TABLE api_keys (
    key_id     uuid        NOT NULL PRIMARY KEY,
    user_id    uuid        NOT NULL,
    account_id bigint      NOT NULL,
    name       text        NOT NULL,
    algorithm  smallint    NOT NULL,
    scopes     smallint    NOT NULL,
    verifier   text        NOT NULL,
    addresses  text        NOT NULL,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE INDEX api_keys_user ON api_keys (user_id);
CREATE INDEX api_keys_deleted ON api_keys (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE audit_log (
    entry_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    time       timestamptz NOT NULL,
    actor      text        NOT NULL,
    action     text        NOT NULL,
    subject    text        NOT NULL,
    detail     text        NOT NULL,
    outcome    text        NOT NULL,
    address    text        NOT NULL,
    request_id text        NOT NULL
);
CREATE INDEX audit_log_action ON audit_log (action, entry_id);
