-- OAuth 2 tokens of integrations, sealed; one row for what they descend from, so that new credentials are tried beside the old ones.
CREATE TABLE access_tokens (
    tenant_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    origin text NOT NULL,
    sealed bytea NOT NULL,
    generation integer NOT NULL,
    renewing uuid,
    renewing_until timestamptz,
    PRIMARY KEY (tenant_id, integration_id, origin)
);
