-- A mirror of the business system's customers, invoices and expenses. What it calls them stands beside, one name for one row.
CREATE TABLE mirror_names (
    tenant_id uuid NOT NULL,
    mode text NOT NULL,
    kind text NOT NULL,
    external_id text NOT NULL,
    named_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, mode, kind, external_id)
);

CREATE TABLE customers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    external_id text NOT NULL,
    created_at timestamptz NOT NULL,
    name text,
    email text,
    phone text,
    country text,
    language text,
    time_zone text,
    company_id text,
    metadata text,
    credits text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX customers_external ON customers (tenant_id, external_id, id);
CREATE INDEX customers_email ON customers (tenant_id, email, id) WHERE email IS NOT NULL;
CREATE INDEX customers_phone ON customers (tenant_id, phone, id) WHERE phone IS NOT NULL;

CREATE TABLE invoices (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    external_id text NOT NULL,
    created_at timestamptz NOT NULL,
    number text,
    customer_id uuid,
    total bigint NOT NULL,
    currency text NOT NULL,
    lines text,
    due_at timestamptz,
    stage text NOT NULL,
    company_id text,
    metadata text,
    paid bigint NOT NULL,
    is_overdue boolean NOT NULL,
    overdue_at timestamptz,
    updated_at timestamptz NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoices_external ON invoices (tenant_id, external_id, id);
CREATE INDEX invoices_status ON invoices (tenant_id, status, id);
CREATE INDEX invoices_customer ON invoices (tenant_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX invoices_overdue ON invoices (overdue_at) WHERE overdue_at IS NOT NULL;

CREATE TABLE payment_records (
    tenant_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    at timestamptz NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    returned bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, payment_id)
);
CREATE INDEX payment_records_invoice ON payment_records (tenant_id, invoice_id, payment_id);

CREATE TABLE expenses (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    external_id text NOT NULL,
    created_at timestamptz NOT NULL,
    supplier text NOT NULL,
    total bigint NOT NULL,
    currency text NOT NULL,
    category text,
    description text,
    incurred_at timestamptz NOT NULL,
    company_id text,
    metadata text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX expenses_external ON expenses (tenant_id, external_id, id);
CREATE INDEX expenses_category ON expenses (tenant_id, category, id) WHERE category IS NOT NULL;
