-- A rule that splits is of the mode that all integrations of its tenant have; live when they have both.
ALTER TABLE routing_rules ADD COLUMN mode text NOT NULL DEFAULT 'live';
UPDATE routing_rules SET mode = 'sandbox'
 WHERE integration_id IN (SELECT i.id FROM integrations AS i WHERE i.tenant_id = routing_rules.tenant_id AND i.mode = 'sandbox')
    OR integration_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM integrations AS i WHERE i.tenant_id = routing_rules.tenant_id AND i.mode = 'live');
