-- What was closed lately may come back.
CREATE INDEX incident_closed ON incident(closed_at) WHERE closed_at IS NOT NULL;
UPDATE schema_version SET version = 3;
