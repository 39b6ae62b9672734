-- Money that is paid out. The destination is sealed under the tenant's data key; beside it stands what may be shown of it.
CREATE TABLE payouts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reference text NOT NULL,
    customer_id text,
    country text,
    sealed_destination bytea NOT NULL,
    destination text NOT NULL,
    metadata text NOT NULL,
    proposed_by text NOT NULL,
    created_at timestamptz NOT NULL,
    integration_id uuid NOT NULL,
    status text NOT NULL,
    approved_by text,
    provider_reference text,
    failure_code text,
    failure_message text,
    verify_at timestamptz,
    verifications integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX payouts_status ON payouts (tenant_id, status, id);
CREATE INDEX payouts_reference ON payouts (tenant_id, reference, id);
CREATE INDEX payouts_customer ON payouts (tenant_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX payouts_provider ON payouts (tenant_id, integration_id, provider_reference);
CREATE INDEX payouts_verify ON payouts (verify_at) WHERE verify_at IS NOT NULL;

CREATE TABLE payout_settings (
    tenant_id uuid NOT NULL,
    is_enabled boolean NOT NULL,
    approve_above bigint,
    approve_currency text,
    PRIMARY KEY (tenant_id)
);
