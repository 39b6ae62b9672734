CREATE TABLE tenants (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    config_version bigint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX tenants_name ON tenants (name);

CREATE TABLE tenant_keys (
    tenant_id uuid PRIMARY KEY,
    wrapped bytea NOT NULL,
    master_version integer NOT NULL
);
