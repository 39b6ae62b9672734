CREATE TABLE inbox (
    tenant_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    dedupe_key text NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    received_at timestamptz NOT NULL,
    method text NOT NULL,
    url text NOT NULL,
    headers text NOT NULL,
    body bytea NOT NULL,
    body_hash text NOT NULL,
    body_length integer NOT NULL,
    status text NOT NULL,
    tries integer NOT NULL,
    tried_since timestamptz NOT NULL,
    next_at timestamptz,
    settled_at timestamptz,
    detail text,
    subject text,
    duplicates integer NOT NULL,
    alerted_for text,
    PRIMARY KEY (tenant_id, integration_id, dedupe_key),
    UNIQUE (tenant_id, id)
);
CREATE INDEX inbox_due ON inbox (next_at) WHERE next_at IS NOT NULL;
-- Nearly all rows are processed ones: listing those reads the key, listing the others reads this.
CREATE INDEX inbox_open ON inbox (tenant_id, status, id) WHERE status <> 'processed';
-- Not (tenant_id, integration_id, id): before its first statistics PostgreSQL would take that one for look-ups by key, and filter.
CREATE INDEX inbox_integration ON inbox (integration_id, id);
CREATE INDEX inbox_provider ON inbox (tenant_id, provider, id);
-- A webhook to the address without an integration tries those of the provider.
CREATE INDEX integrations_provider ON integrations (provider, id) WHERE deleted_at IS NULL;
