-- What the projection's writer needs of the schema's owner, so that its own role needs no right to alter the schema: to begin a
-- range of sequences of history, with its partition of each table. Attaching locks out no reader, as making a partition in place
-- would.
CREATE FUNCTION begin_history_segment(first_new bigint, end_new bigint, begun_at bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    history   text;
    partition text;
BEGIN
    FOREACH history IN ARRAY ARRAY['closed_orders', 'order_changes', 'fills', 'trades', 'ledger'] LOOP
        partition := history || '_from_' || first_new;
        EXECUTE format('CREATE TABLE %I (LIKE %I)', partition, history);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', history, partition, first_new, end_new);
    END LOOP;
    INSERT INTO history_segments (first_sequence, end_sequence, begun_at_nanos) VALUES (first_new, end_new, begun_at);
END
$$;
REVOKE ALL ON FUNCTION begin_history_segment(bigint, bigint, bigint) FROM PUBLIC;
