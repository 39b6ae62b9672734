ALTER TABLE messages ADD COLUMN mode text NOT NULL DEFAULT 'live';
UPDATE messages SET mode = 'sandbox'
 WHERE integration_id IN (SELECT i.id FROM integrations AS i WHERE i.tenant_id = messages.tenant_id AND i.mode = 'sandbox');
