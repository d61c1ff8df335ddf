-- The journal's latest closing that these rows contain; 0 where none was entered yet.
ALTER TABLE judge ADD COLUMN closing INTEGER NOT NULL DEFAULT 0;
UPDATE schema_version SET version = 4;
