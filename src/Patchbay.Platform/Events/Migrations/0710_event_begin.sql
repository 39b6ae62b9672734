ALTER TABLE events ADD COLUMN begun_at timestamptz;
