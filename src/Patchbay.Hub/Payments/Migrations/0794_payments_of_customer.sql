CREATE INDEX payments_customer ON payments (tenant_id, customer_id, id) WHERE customer_id IS NOT NULL;
