-- From now on begun_at_nanos bounds what is older: no event before first_sequence is later. So a time tells where in history to
-- look: what is of that time or after it lies in the last range that began before it, or behind. Until now it was the time of the
-- batch's first event, and events of that batch may be later and yet before the range; the next range's beginning is not.
UPDATE history_segments s SET begun_at_nanos = coalesce(
    (SELECT min(n.begun_at_nanos) FROM history_segments n WHERE n.first_sequence > s.first_sequence),
    (extract(epoch FROM now()) * 1000000000)::bigint);
