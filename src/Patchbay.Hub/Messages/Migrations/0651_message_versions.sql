ALTER TABLE messages ADD COLUMN version integer NOT NULL DEFAULT 0;
