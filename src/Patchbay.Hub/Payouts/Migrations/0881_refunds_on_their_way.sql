-- Refunds that are on their way count as given back.
WITH promised AS (
    SELECT tenant_id, mode, customer_id, currency, integration_id,
           sum(refund_reserved - CASE WHEN refunded > refund_succeeded THEN refunded ELSE refund_succeeded END) AS amount
      FROM payments
     WHERE customer_id IS NOT NULL AND phase = 'succeeded' AND refund_reserved > refunded AND refund_reserved > refund_succeeded
     GROUP BY tenant_id, mode, customer_id, currency, integration_id
)
UPDATE net_deposits SET paid_in = paid_in - promised.amount
  FROM promised
 WHERE net_deposits.tenant_id = promised.tenant_id AND net_deposits.mode = promised.mode
   AND net_deposits.customer_id = promised.customer_id AND net_deposits.currency = promised.currency
   AND net_deposits.integration_id = promised.integration_id;
