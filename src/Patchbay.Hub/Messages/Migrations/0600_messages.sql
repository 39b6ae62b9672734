CREATE TABLE messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    sender text,
    body text,
    details text NOT NULL,
    segments integer,
    integration_id uuid NOT NULL,
    status text NOT NULL,
    provider_reference text,
    failure_code text,
    failure_message text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX messages_provider_reference ON messages (tenant_id, provider_reference) WHERE provider_reference IS NOT NULL;
