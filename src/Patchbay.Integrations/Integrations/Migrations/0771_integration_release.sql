-- Which integrations release what waited, at a rate of their own.
CREATE INDEX integrations_release ON integrations (release_rate) WHERE release_rate IS NOT NULL;
