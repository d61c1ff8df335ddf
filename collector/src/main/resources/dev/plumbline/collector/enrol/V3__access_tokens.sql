-- Of people and tools. The segments are ids with a space between two; none = the whole site.
CREATE TABLE access_token(
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  segments TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  revoked_by TEXT,
  revoked_at INTEGER,
  last_used_at INTEGER,
  last_used_from TEXT) WITHOUT ROWID;
UPDATE schema_version SET version = 3;
