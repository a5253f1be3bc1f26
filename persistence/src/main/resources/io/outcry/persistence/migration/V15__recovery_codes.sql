-- Hashes of the codes that are good in place of those of a second factor, each once: for who has lost the authenticator. Those of
-- factors that were there before are none, until their users have some made.
-- Those that were begun and not confirmed are begun anew: until now a token was enough to begin one, without the password.
DELETE FROM second_factors WHERE last_step = 0;
ALTER TABLE second_factors
    ADD COLUMN recovery_hashes text[] NOT NULL DEFAULT '{}';
