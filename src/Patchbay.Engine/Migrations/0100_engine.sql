CREATE TABLE nodes (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    dead_at timestamptz
);

CREATE TABLE deliveries (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    capability text NOT NULL,
    subject_id uuid NOT NULL,
    lane_id uuid NOT NULL,
    priority integer NOT NULL,
    status text NOT NULL,
    due_at timestamptz,
    leased_by uuid,
    attempt_count integer NOT NULL,
    tries integer NOT NULL,
    lane_tries integer NOT NULL,
    look_ups integer NOT NULL,
    in_doubt boolean NOT NULL,
    first_call_at timestamptz,
    fallbacks text NOT NULL,
    reason text,
    last_code text,
    last_message text,
    cancel_requested boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    payload bytea NOT NULL,
    route text,
    trace_parent text,
    PRIMARY KEY (tenant_id, id)
);

-- What waits, by lane: null while a node has it and when it is finished, so the happy path never touches this index.
CREATE INDEX deliveries_due ON deliveries (lane_id, priority, due_at) WHERE due_at IS NOT NULL;
-- What nodes have: read when a node died.
CREATE INDEX deliveries_leased ON deliveries (leased_by) WHERE leased_by IS NOT NULL;
CREATE INDEX deliveries_cancel ON deliveries (leased_by) WHERE cancel_requested;
CREATE INDEX deliveries_subject ON deliveries (tenant_id, subject_id);

CREATE TABLE attempts (
    tenant_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    lane_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    outcome text NOT NULL,
    http_status integer,
    code text,
    message text,
    request_hash bytea,
    response_hash bytea,
    request_excerpt text,
    response_excerpt text,
    PRIMARY KEY (tenant_id, delivery_id, number)
);
