-- Who is not written to, by channel.
CREATE TABLE suppressed_recipients (
    tenant_id uuid NOT NULL,
    mode text NOT NULL,
    channel text NOT NULL,
    recipient text NOT NULL,
    id uuid NOT NULL,
    reason text NOT NULL,
    source text NOT NULL,
    note text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, mode, channel, recipient)
);
CREATE UNIQUE INDEX suppressed_recipients_id ON suppressed_recipients (tenant_id, id);
