DROP INDEX events_subject;
SELECT partition_by_time('events', 'id');
CREATE INDEX events_subject ON events (subject);

DROP FUNCTION partition_by_time(text, text);
DROP FUNCTION lowest_key(bigint);
