-- New credentials of an integration that works wait here until they are verified.
ALTER TABLE integrations ADD COLUMN new_credentials bytea;
ALTER TABLE integrations ADD COLUMN shown_new_credentials text;
ALTER TABLE integrations ADD COLUMN new_credentials_check uuid;
