-- What came of calls to a webhook endpoint (or an affiliate's), five minutes a row: what it costs to show does not grow with the history.
-- Rows are spread over parts, so that nodes do not wait for each other.
CREATE TABLE outbound_stats (
    tenant_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    from_at timestamptz NOT NULL,
    part integer NOT NULL,
    attempts bigint NOT NULL,
    succeeded bigint NOT NULL,
    total_ms bigint NOT NULL,
    latencies text NOT NULL,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    PRIMARY KEY (tenant_id, endpoint_id, from_at, part)
);
CREATE INDEX outbound_stats_age ON outbound_stats (from_at);
