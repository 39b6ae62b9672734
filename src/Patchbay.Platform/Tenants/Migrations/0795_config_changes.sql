-- What the newest versions of the configuration have changed; empty where that is not known.
ALTER TABLE tenants ADD COLUMN config_changes text NOT NULL DEFAULT '';
