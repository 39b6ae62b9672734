CREATE TABLE notes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
