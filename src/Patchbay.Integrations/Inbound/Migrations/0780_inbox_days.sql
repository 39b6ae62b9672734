-- How many bytes of webhooks were stored for a tenant on a day, by node, so that nodes do not wait for each other.
CREATE TABLE inbox_days (
    tenant_id uuid NOT NULL,
    day timestamptz NOT NULL,
    node_id uuid NOT NULL,
    bytes bigint NOT NULL,
    kept_until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day, node_id)
);
CREATE INDEX inbox_days_end ON inbox_days (kept_until);
