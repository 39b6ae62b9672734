ALTER TABLE payments ADD COLUMN mode text NOT NULL DEFAULT 'live';
UPDATE payments SET mode = 'sandbox'
 WHERE integration_id IN (SELECT i.id FROM integrations AS i WHERE i.tenant_id = payments.tenant_id AND i.mode = 'sandbox');
ALTER TABLE refunds ADD COLUMN mode text NOT NULL DEFAULT 'live';
UPDATE refunds SET mode = 'sandbox'
 WHERE EXISTS (SELECT 1 FROM payments AS p WHERE p.tenant_id = refunds.tenant_id AND p.id = refunds.payment_id AND p.mode = 'sandbox');
