-- The customer's last try that was declined, while more may follow.
ALTER TABLE payments ADD COLUMN last_failure_code text;
ALTER TABLE payments ADD COLUMN last_failure_message text;
ALTER TABLE payments ADD COLUMN last_failure_at timestamptz;
ALTER TABLE payments ADD COLUMN processing_at timestamptz;
