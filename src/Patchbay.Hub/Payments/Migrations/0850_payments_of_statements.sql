-- Entries of statements are looked for by what providers call payments, and by amounts.
CREATE INDEX payments_of_provider ON payments (tenant_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX payments_of_amount ON payments (tenant_id, currency, amount, id);
CREATE INDEX refunds_of_amount ON refunds (tenant_id, currency, amount, id);
