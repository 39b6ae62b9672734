ALTER TABLE deliveries SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.03, autovacuum_analyze_scale_factor = 0.03);
ALTER TABLE attempts SET (autovacuum_vacuum_insert_scale_factor = 0.1);
