-- A payment's column "dispute" stays as it is: what releases before this one knew. The others are sums of the new table.
CREATE TABLE disputes (
    tenant_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    provider_reference text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    currency text NOT NULL,
    reason text,
    reported_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, payment_id, provider_reference)
);
ALTER TABLE payments ADD COLUMN disputes integer NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN disputed bigint NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN charged_back bigint NOT NULL DEFAULT 0;
