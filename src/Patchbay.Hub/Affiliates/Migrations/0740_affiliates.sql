-- One row a tenant that uses affiliates; whoever changes anything about leads holds it.
CREATE TABLE affiliate_settings (
    tenant_id uuid PRIMARY KEY,
    reporting_currency text NOT NULL,
    is_fixed boolean NOT NULL
);
CREATE TABLE affiliate_rates (
    tenant_id uuid NOT NULL,
    currency text NOT NULL,
    reporting_currency text NOT NULL,
    rate text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, currency)
);
CREATE TABLE affiliate_minimums (
    tenant_id uuid NOT NULL,
    country text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, country)
);

-- By the portal's own names: whether lead.ftd was sent is remembered here, whatever becomes of endpoints.
CREATE TABLE affiliate_leads (
    tenant_id uuid NOT NULL,
    affiliate_id text NOT NULL,
    affiliate_lead_id text NOT NULL,
    id uuid NOT NULL,
    customer_id text,
    country text,
    deposited text NOT NULL,
    ftd_at timestamptz,
    registered_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, affiliate_id, affiliate_lead_id)
);
-- Not (tenant_id, affiliate_id, id): while the table is young, look-ups by key would be misled into it (CONTRIBUTING).
CREATE INDEX affiliate_leads_id ON affiliate_leads (tenant_id, id, affiliate_id);
CREATE INDEX affiliate_leads_customer ON affiliate_leads (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE TABLE affiliate_customers (
    tenant_id uuid NOT NULL,
    customer_id text NOT NULL,
    affiliate_id text NOT NULL,
    affiliate_lead_id text NOT NULL,
    PRIMARY KEY (tenant_id, customer_id)
);

CREATE TABLE affiliate_deposits (
    tenant_id uuid NOT NULL,
    reference text NOT NULL,
    id uuid NOT NULL,
    affiliate_id text NOT NULL,
    affiliate_lead_id text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    reversed bigint NOT NULL,
    currency text NOT NULL,
    rate text,
    reporting_currency text,
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, reference),
    CHECK (reversed <= amount)
);
CREATE UNIQUE INDEX affiliate_deposits_id ON affiliate_deposits (tenant_id, id);
CREATE INDEX affiliate_deposits_lead ON affiliate_deposits (tenant_id, affiliate_id, affiliate_lead_id, id);
CREATE INDEX affiliate_deposits_waiting ON affiliate_deposits (tenant_id, currency, id) WHERE rate IS NULL;

-- Events for portals, numbered without gaps in the order of their commits, affiliate by affiliate.
CREATE TABLE affiliate_events (
    tenant_id uuid NOT NULL,
    affiliate_id text NOT NULL,
    seq bigint NOT NULL,
    affiliate_lead_id text NOT NULL,
    type text NOT NULL,
    data text NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, affiliate_id, seq)
);
CREATE INDEX affiliate_events_age ON affiliate_events (occurred_at);
CREATE TABLE affiliate_counters (
    tenant_id uuid NOT NULL,
    affiliate_id text NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (tenant_id, affiliate_id)
);
CREATE TABLE affiliate_suppressions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    affiliate_id text NOT NULL,
    affiliate_lead_id text NOT NULL,
    event text NOT NULL,
    rule text NOT NULL,
    reason text NOT NULL,
    data text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX affiliate_suppressions_lead ON affiliate_suppressions (tenant_id, affiliate_id, affiliate_lead_id, id);

CREATE TABLE affiliate_endpoints (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    affiliate_id text NOT NULL,
    endpoint_url text NOT NULL,
    batch_size_max integer NOT NULL,
    flush_seconds integer NOT NULL,
    secrets bytea NOT NULL,
    previous_secret_until timestamptz,
    is_active boolean NOT NULL,
    disabled_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
-- How far the events of an affiliate have gone, and what is on its way now. Outlives endpoints.
CREATE TABLE affiliate_outboxes (
    tenant_id uuid NOT NULL,
    affiliate_id text NOT NULL,
    endpoint_id uuid,
    batched_seq bigint NOT NULL,
    last_batch uuid,
    open_batch uuid,
    open_delivery uuid,
    PRIMARY KEY (tenant_id, affiliate_id)
);
CREATE INDEX affiliate_outboxes_idle ON affiliate_outboxes (tenant_id, affiliate_id) WHERE endpoint_id IS NOT NULL AND open_delivery IS NULL;
CREATE TABLE affiliate_batches (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    affiliate_id text NOT NULL,
    event text NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    size integer NOT NULL,
    body bytea NOT NULL,
    status text NOT NULL,
    delivery_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX affiliate_batches_age ON affiliate_batches (created_at);
