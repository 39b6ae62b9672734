-- A day's rows, each inserted once and deleted once: vacuumed often and in small portions, so that deleted space is used again the same day.
ALTER TABLE idempotency SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);
