-- Entries of statements are looked for by what providers call payouts, and by amounts.
CREATE INDEX payouts_of_provider ON payouts (tenant_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX payouts_of_amount ON payouts (tenant_id, currency, amount, id);
