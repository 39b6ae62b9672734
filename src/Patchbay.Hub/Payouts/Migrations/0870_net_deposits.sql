-- What customers paid in by each integration, and got out again: where a payout has to go first in a closed loop.
CREATE TABLE net_deposits (
    tenant_id uuid NOT NULL,
    mode text NOT NULL,
    customer_id text NOT NULL,
    currency text NOT NULL,
    integration_id uuid NOT NULL,
    paid_in bigint NOT NULL,
    paid_out bigint NOT NULL,
    PRIMARY KEY (tenant_id, mode, customer_id, currency, integration_id)
);
INSERT INTO net_deposits
SELECT tenant_id, mode, customer_id, currency, integration_id, sum(paid_in), sum(paid_out)
  FROM (
    SELECT tenant_id, mode, customer_id, currency, integration_id,
           CASE WHEN back < captured THEN captured - back ELSE 0 END AS paid_in, 0 AS paid_out
      FROM (
        SELECT *, charged_back + CASE WHEN refunded > refund_succeeded THEN refunded ELSE refund_succeeded END AS back
          FROM payments WHERE customer_id IS NOT NULL AND phase = 'succeeded'
      ) AS taken
    UNION ALL
    SELECT tenant_id, mode, customer_id, currency, integration_id, 0, amount
      FROM payouts WHERE customer_id IS NOT NULL AND status NOT IN ('canceled', 'failed', 'returned')
  ) AS counted
 GROUP BY tenant_id, mode, customer_id, currency, integration_id;

ALTER TABLE payout_settings ADD COLUMN is_closed_loop boolean NOT NULL DEFAULT false;
