-- At some providers the receiver says where the money goes, and the hub completes the payout then.
ALTER TABLE payouts ADD COLUMN next_action text;
ALTER TABLE payouts ADD COLUMN completion text;
