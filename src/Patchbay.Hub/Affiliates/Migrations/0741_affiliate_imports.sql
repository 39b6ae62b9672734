-- Files of leads: what was read of them waits in packs, which a job takes up one after the other.
CREATE TABLE affiliate_imports (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    phase text NOT NULL,
    lines integer NOT NULL,
    imported integer NOT NULL,
    unchanged integer NOT NULL,
    refused integer NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE TABLE affiliate_import_packs (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    leads text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX affiliate_import_packs_order ON affiliate_import_packs (tenant_id, import_id, id);
CREATE INDEX affiliate_import_packs_age ON affiliate_import_packs (created_at);
CREATE TABLE affiliate_import_refusals (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    affiliate_lead_id text,
    reason text NOT NULL,
    PRIMARY KEY (tenant_id, import_id, line)
);
