-- The time of the last event that is in the projection, which the engine compares with its own event of that sequence: they differ
-- when its journal was rolled back and has gone on since. 0: not known. It stands for the event timed_sequence alone: a replica of a
-- version without it moves the position and leaves it behind.
ALTER TABLE projection_position
    ADD COLUMN timed_sequence bigint NOT NULL DEFAULT 0,
    ADD COLUMN time_nanos     bigint NOT NULL DEFAULT 0;
