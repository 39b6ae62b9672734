-- Rows from before have the customer in their details only.
ALTER TABLE messages ADD COLUMN customer_id text;
CREATE INDEX messages_customer ON messages (tenant_id, customer_id, id) WHERE customer_id IS NOT NULL;
