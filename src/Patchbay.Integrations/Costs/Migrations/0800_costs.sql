-- What providers charge. The id begins with the time of the subject and says what the line is of: a line that is told again is the same row.
CREATE TABLE costs (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    integration_id uuid NOT NULL,
    subject_id text NOT NULL,
    kind text NOT NULL,
    provider_reference text NOT NULL,
    micros bigint NOT NULL,
    currency text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX costs_subject ON costs (tenant_id, subject_id, id);
CREATE INDEX costs_integration ON costs (tenant_id, integration_id, id);
