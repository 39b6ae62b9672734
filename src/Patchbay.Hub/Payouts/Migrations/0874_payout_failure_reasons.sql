-- The word for a failure that is the same for all providers; null unless something failed, and of what failed before.
ALTER TABLE payouts ADD COLUMN failure_reason text;
