-- Hashes of the codes that are good in place of those of a second factor, each once: for who has lost the authenticator. Those of
-- factors that were there before are none, until their users have some made.
ALTER TABLE second_factors
    ADD COLUMN recovery_hashes text[] NOT NULL DEFAULT '{}';
