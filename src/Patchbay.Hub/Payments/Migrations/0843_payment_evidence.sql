-- Payments that people or statements settle: until when the payer has time, and which transaction of a bank or wallet settled what.
ALTER TABLE payments ADD COLUMN waits_until timestamptz;
CREATE TABLE payment_evidence (
    tenant_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    reference text NOT NULL,
    subject_id text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, integration_id, reference)
);
