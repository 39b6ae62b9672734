CREATE INDEX payments_invoice ON payments (tenant_id, invoice_id, id) WHERE invoice_id IS NOT NULL;
