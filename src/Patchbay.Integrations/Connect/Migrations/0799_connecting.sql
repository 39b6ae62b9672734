-- Persons on their way to a provider's page and back.
CREATE TABLE connecting (
    tenant_id uuid NOT NULL,
    state_hash text NOT NULL,
    integration_id uuid NOT NULL,
    actor text NOT NULL,
    verifier bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, state_hash)
);
CREATE INDEX connecting_end ON connecting (expires_at);
