ALTER TABLE integrations ADD COLUMN webhook_account text;
CREATE INDEX integrations_webhook_account ON integrations (provider, webhook_account) WHERE webhook_account IS NOT NULL;
