ALTER TABLE disputes ADD COLUMN evidence_due_at timestamptz;
