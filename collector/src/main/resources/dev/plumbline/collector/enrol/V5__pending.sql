-- Hosts that wait for somebody to say yes, each by a token of its own.
CREATE TABLE pending(
  invitation TEXT PRIMARY KEY,
  identity TEXT NOT NULL,
  key TEXT NOT NULL,
  address TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  is_approved INTEGER,
  because TEXT) WITHOUT ROWID;
UPDATE schema_version SET version = 5;
