-- Calls for messages whose outcome was never told, by recipient: each may have made one record at the provider.
CREATE TABLE lost_calls (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    number integer NOT NULL,
    integration_id uuid NOT NULL,
    recipient text NOT NULL,
    provider_reference text,
    lost_at timestamptz NOT NULL,
    kept_until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id, number)
);
CREATE INDEX lost_calls_recipient ON lost_calls (tenant_id, integration_id, recipient, lost_at);
CREATE UNIQUE INDEX lost_calls_reference ON lost_calls (tenant_id, integration_id, provider_reference);
CREATE INDEX lost_calls_end ON lost_calls (kept_until);
