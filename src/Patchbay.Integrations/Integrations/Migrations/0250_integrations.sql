CREATE TABLE integrations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    name text NOT NULL,
    company_id text,
    mode text NOT NULL,
    status text NOT NULL,
    status_reason text,
    fault text NOT NULL,
    capabilities text NOT NULL,
    credentials bytea NOT NULL,
    shown_credentials text NOT NULL,
    settings text NOT NULL,
    account text,
    authentication_failures integer NOT NULL,
    health_failures integer NOT NULL,
    verified_at timestamptz,
    checked_at timestamptz,
    check_at timestamptz,
    held boolean NOT NULL,
    release_rate double precision,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX integrations_check ON integrations (check_at) WHERE check_at IS NOT NULL;
-- An inbound webhook names only the integration.
CREATE UNIQUE INDEX integrations_id ON integrations (id);
