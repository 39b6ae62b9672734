-- A rule that stands for the gateway of a country, or of all that have none ('*'): it goes ahead of the tenant's other rules.
ALTER TABLE routing_rules ADD COLUMN gateway_country text;
