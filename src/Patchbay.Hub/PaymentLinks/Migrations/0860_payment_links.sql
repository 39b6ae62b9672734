-- Links on which anybody can pay. Their tokens are kept as hashes.
CREATE TABLE payment_links (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    currency text NOT NULL,
    amount_min bigint NOT NULL,
    amount_max bigint NOT NULL,
    reference text NOT NULL,
    usage text NOT NULL,
    details text NOT NULL,
    invoice_id text,
    customer_id text,
    status text NOT NULL,
    payment_id uuid,
    paid_count integer NOT NULL,
    expires_at timestamptz,
    due_at timestamptz,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX payment_links_token ON payment_links (token_hash);
CREATE INDEX payment_links_status ON payment_links (tenant_id, status, id);
CREATE INDEX payment_links_reference ON payment_links (tenant_id, reference, id);
CREATE INDEX payment_links_customer ON payment_links (tenant_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX payment_links_due ON payment_links (due_at) WHERE due_at IS NOT NULL;
