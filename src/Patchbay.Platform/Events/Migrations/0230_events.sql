CREATE TABLE events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    occurred_at timestamptz NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX events_subject ON events (tenant_id, subject);
