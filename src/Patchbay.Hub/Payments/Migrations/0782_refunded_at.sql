-- The provider's own time of the total that is refunded: a later one may be less, when a refund came back.
ALTER TABLE payments ADD COLUMN refunded_at timestamptz;
