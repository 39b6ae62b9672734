CREATE TABLE routing_rules (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    capability text NOT NULL,
    priority integer NOT NULL,
    conditions text NOT NULL,
    integration_id uuid,
    split text NOT NULL,
    fallback_integration_ids text NOT NULL,
    is_default boolean NOT NULL,
    is_active boolean NOT NULL,
    note text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX routing_rules_in_order ON routing_rules (tenant_id, priority, id);
