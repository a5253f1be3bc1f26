-- A function that runs with its owner's rights must find the owner's tables, not temporary ones of the same name that its caller
-- has made: unless it is named, the temporary schema is looked into first.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION begin_history_segment(bigint, bigint, bigint) SET search_path = %s, pg_temp',
                   current_setting('search_path'));
END
$$;
