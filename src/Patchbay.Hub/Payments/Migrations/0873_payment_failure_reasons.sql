-- Words for failures that are the same for all providers; null unless something failed, and of what failed before.
ALTER TABLE payments ADD COLUMN failure_reason text;
ALTER TABLE payments ADD COLUMN last_failure_reason text;
ALTER TABLE refunds ADD COLUMN failure_reason text;
