-- Statements and their entries. A file is known by its hash, an entry by a fingerprint, and one entry stands for one thing of the hub's.
CREATE TABLE statements (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    format text NOT NULL,
    file_hash text NOT NULL,
    form text NOT NULL,
    integration_id uuid,
    imported_by text NOT NULL,
    created_at timestamptz NOT NULL,
    lines integer NOT NULL,
    skipped integer NOT NULL,
    first_day timestamptz,
    last_day timestamptz,
    status text NOT NULL,
    position integer NOT NULL,
    entries integer NOT NULL,
    known integer NOT NULL,
    matched integer NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX statements_integration ON statements (tenant_id, integration_id, id) WHERE integration_id IS NOT NULL;

CREATE TABLE statement_files (
    tenant_id uuid NOT NULL,
    mode text NOT NULL,
    hash text NOT NULL,
    statement_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, mode, hash)
);

CREATE TABLE statement_entries (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mode text NOT NULL,
    statement_id uuid NOT NULL,
    integration_id uuid,
    account text,
    line integer NOT NULL,
    booked_at timestamptz NOT NULL,
    value_at timestamptz,
    direction text NOT NULL,
    is_reversal boolean NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    fee bigint,
    entry_id text,
    payment_reference text,
    bank_reference text,
    counterparty text,
    narrative text,
    created_at timestamptz NOT NULL,
    status text NOT NULL,
    subject text,
    names text,
    reason text,
    decided_by text,
    decided_at timestamptz,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX statement_entries_statement ON statement_entries (tenant_id, statement_id, id);
CREATE INDEX statement_entries_integration ON statement_entries (tenant_id, integration_id, id) WHERE integration_id IS NOT NULL;
CREATE INDEX statement_entries_status ON statement_entries (tenant_id, status, id);
CREATE INDEX statement_entries_subject ON statement_entries (tenant_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX statement_entries_names ON statement_entries (tenant_id, names, id) WHERE names IS NOT NULL;
CREATE INDEX statement_entries_open ON statement_entries (tenant_id, mode, booked_at, id) WHERE status = 'unmatched';

CREATE TABLE statement_fingerprints (
    tenant_id uuid NOT NULL,
    fingerprint uuid NOT NULL,
    entry_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, fingerprint)
);

CREATE TABLE statement_matches (
    tenant_id uuid NOT NULL,
    subject text NOT NULL,
    entry_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, subject)
);

CREATE TABLE statement_assignees (
    tenant_id uuid NOT NULL,
    row_id uuid NOT NULL,
    assignee text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, row_id)
);
