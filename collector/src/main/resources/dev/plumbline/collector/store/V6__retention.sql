-- What was over before this was deleted by policy; microseconds, 0 where nothing was.
ALTER TABLE judge ADD COLUMN kept_from INTEGER NOT NULL DEFAULT 0;
UPDATE schema_version SET version = 6;
