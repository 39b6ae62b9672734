CREATE TABLE idempotency (
    tenant_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    body bytea NOT NULL,
    location text,
    sealed boolean NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, route, key)
);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);
