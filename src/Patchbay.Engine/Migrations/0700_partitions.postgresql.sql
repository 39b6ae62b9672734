-- Turns a table into one that is partitioned by the time in its UUIDv7 key (docs/adr/0010-partitions.md). What is in it stays where it is
-- and becomes one partition; rows of a clock that was ahead go to the last one. Used here and in 0701, and dropped there.
CREATE FUNCTION partition_by_time(relation text, key text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    this_week bigint := (extract(epoch FROM date_trunc('week', now() AT TIME ZONE 'UTC')) * 1000)::bigint;
    week constant bigint := 604800000;
    options text;
    primary_key text;
    definitions text[];
    definition text;
    named text;
    oldest uuid;
    first bigint;
    beyond bigint;
    old text;
BEGIN
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', relation);
    SELECT coalesce('WITH (' || array_to_string(reloptions, ', ') || ')', '') INTO options FROM pg_class WHERE oid = relation::regclass;
    SELECT pg_get_constraintdef(oid) INTO primary_key FROM pg_constraint WHERE conrelid = relation::regclass AND contype = 'p';
    SELECT array_agg(pg_get_indexdef(indexrelid)) INTO definitions FROM pg_index WHERE indrelid = relation::regclass AND NOT indisprimary;
    EXECUTE format('SELECT %1$I FROM %2$I ORDER BY %1$I LIMIT 1', key, relation) INTO oldest;
    first := this_week;
    beyond := this_week;
    IF oldest IS NOT NULL THEN
        first := ('x' || left(replace(oldest::text, '-', ''), 12))::bit(48)::bigint;
        first := least(first - (first - this_week) % week - CASE WHEN (first - this_week) % week < 0 THEN week ELSE 0 END, this_week);
        beyond := this_week + week;
    END IF;

    old := relation || '_' || to_char(to_timestamp(first / 1000) AT TIME ZONE 'UTC', 'YYYYMMDD');
    EXECUTE format('ALTER TABLE %I RENAME TO %I', relation, old);
    FOR named IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = old::regclass LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', named, replace(named, relation, old));
    END LOOP;

    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS, %s) PARTITION BY RANGE (%I)', relation, old, primary_key, key);
    FOREACH definition IN ARRAY coalesce(definitions, '{}') LOOP
        EXECUTE definition;
    END LOOP;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (MINVALUE) TO (%L) %s', relation || '_before', relation, lowest_key(first), options);
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (MAXVALUE) %s', relation || '_after', relation, lowest_key(beyond), options);
    IF oldest IS NULL THEN
        EXECUTE format('DROP TABLE %I', old);
    ELSE
        EXECUTE format(
            'WITH ahead AS (DELETE FROM %1$I WHERE %2$I >= %3$L RETURNING *) INSERT INTO %4$I SELECT * FROM ahead', old, key, lowest_key(beyond), relation);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', relation, old, lowest_key(first), lowest_key(beyond));
    END IF;
END $$;

-- The lowest UUIDv7 of a moment in Unix milliseconds.
CREATE FUNCTION lowest_key(moment bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(moment), 12, '0') || '70008000000000000000')::uuid
$$;

-- Not led by the tenant: on a partition that is too young for statistics the planner would take that index for look-ups by key, and filter.
DROP INDEX deliveries_subject;
SELECT partition_by_time('deliveries', 'id');
CREATE INDEX deliveries_subject ON deliveries (subject_id);
SELECT partition_by_time('attempts', 'delivery_id');
