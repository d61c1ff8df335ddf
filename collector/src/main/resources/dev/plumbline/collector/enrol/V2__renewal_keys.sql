CREATE TABLE renewal_key(identity TEXT PRIMARY KEY, latest TEXT NOT NULL, before TEXT) WITHOUT ROWID;
UPDATE schema_version SET version = 2;
