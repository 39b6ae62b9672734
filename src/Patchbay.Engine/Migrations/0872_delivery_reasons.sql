-- The word for the last failure that is the same for all providers; null after none, and of what failed before.
ALTER TABLE deliveries ADD COLUMN last_reason text;
