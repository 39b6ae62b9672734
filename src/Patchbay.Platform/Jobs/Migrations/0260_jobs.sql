CREATE TABLE jobs (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    input text NOT NULL,
    status text NOT NULL,
    position uuid,
    done bigint NOT NULL,
    skipped bigint NOT NULL,
    error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    next_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX jobs_next ON jobs (next_at) WHERE next_at IS NOT NULL;
