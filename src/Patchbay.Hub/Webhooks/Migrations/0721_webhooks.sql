CREATE TABLE webhooks (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    events text NOT NULL,
    description text,
    header_names text NOT NULL,
    secrets bytea NOT NULL,
    certificate text,
    is_active boolean NOT NULL,
    disabled_reason text,
    disabled_at timestamptz,
    payload_mode text NOT NULL,
    content_mode text NOT NULL,
    ordered boolean NOT NULL,
    rate_limit double precision,
    schedule text,
    previous_secret_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);

-- How far each endpoint has read the events: written with every delivery that is made of them, so apart from what people change.
CREATE TABLE webhook_relays (
    tenant_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    is_active boolean NOT NULL,
    position uuid NOT NULL,
    open_delivery uuid,
    expedite boolean NOT NULL,
    failing_since timestamptz,
    last_failure_at timestamptz,
    notices integer NOT NULL,
    check_at timestamptz,
    PRIMARY KEY (tenant_id, webhook_id)
);
CREATE INDEX webhook_relays_check ON webhook_relays (check_at) WHERE check_at IS NOT NULL;

-- The deliveries of one endpoint, newest first; others do not pay for it.
CREATE INDEX deliveries_webhook ON deliveries (lane_id, id) WHERE capability = 'deliver_webhook';
