-- Rows from before have null here, and the customer only in their details; new ones without a customer have an empty text.
ALTER TABLE payments ADD COLUMN customer_id text;
