-- Secrets of second factors (RFC 6238), sealed by a key that is not in the database. last_step is the last time step whose code
-- was used; 0: none yet, the factor is not asked for.
CREATE TABLE second_factors (
    user_id   uuid   NOT NULL PRIMARY KEY,
    secret    text   NOT NULL,
    last_step bigint NOT NULL
);
