ALTER TABLE webhook_relays SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.03);
