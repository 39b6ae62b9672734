-- The word for a failure that is the same for all providers; null unless something failed, and of what failed before.
ALTER TABLE messages ADD COLUMN failure_reason text;
