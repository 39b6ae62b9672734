CREATE TABLE payments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    reference text NOT NULL,
    capture text NOT NULL,
    details text NOT NULL,
    invoice_id text,
    integration_id uuid NOT NULL,
    status text NOT NULL,
    phase text NOT NULL,
    captured bigint NOT NULL,
    refunded bigint NOT NULL,
    dispute text NOT NULL,
    refund_reserved bigint NOT NULL,
    refund_succeeded bigint NOT NULL,
    closing_action text,
    provider_reference text,
    provider_data text NOT NULL,
    next_action text,
    failure_code text,
    failure_message text,
    verify_at timestamptz,
    verifications integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (captured <= amount),
    CHECK (refund_reserved <= captured)
);
CREATE INDEX payments_reference ON payments (tenant_id, reference);
CREATE INDEX payments_provider_reference ON payments (tenant_id, integration_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX payments_verify ON payments (verify_at) WHERE verify_at IS NOT NULL;

CREATE TABLE refunds (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    reason text,
    status text NOT NULL,
    provider_reference text,
    failure_code text,
    failure_message text,
    verify_at timestamptz,
    verifications integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refunds_payment ON refunds (tenant_id, payment_id);
CREATE INDEX refunds_provider_reference ON refunds (tenant_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX refunds_verify ON refunds (verify_at) WHERE verify_at IS NOT NULL;
