-- Tenants that move between shards: here while one leaves or arrives, and for an hour after it has gone.
CREATE TABLE tenant_moves (
    tenant_id uuid PRIMARY KEY,
    phase text NOT NULL,
    other text NOT NULL,
    mover uuid NOT NULL,
    changed_at timestamptz NOT NULL
);
