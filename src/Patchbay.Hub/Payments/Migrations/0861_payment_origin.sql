-- What of the hub has begun a payment; null when a caller did.
ALTER TABLE payments ADD COLUMN origin text;
CREATE INDEX payments_origin ON payments (tenant_id, origin, id) WHERE origin IS NOT NULL;
