-- Which master keys this database was used with: what a version's key is known by, without telling it.
CREATE TABLE master_keys (
    version integer PRIMARY KEY,
    fingerprint text NOT NULL
);
-- One data key of each version in use is looked for at every check of readiness.
CREATE INDEX tenant_keys_master_version ON tenant_keys (master_version);
