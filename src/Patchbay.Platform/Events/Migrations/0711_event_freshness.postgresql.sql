-- Decision 13. The database writes down when the transaction of an event began, and refuses ids that are much older: so what may still be committed is
-- known from the transactions under way. Rows that came from elsewhere, and those of before, have no begin and pass.
ALTER TABLE events ALTER COLUMN begun_at SET DEFAULT transaction_timestamp();
ALTER TABLE events ADD CONSTRAINT ids_are_fresh CHECK (
    timestamptz 'epoch' + ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint * interval '1 millisecond' >= begun_at - interval '250 milliseconds'
) NOT VALID;
