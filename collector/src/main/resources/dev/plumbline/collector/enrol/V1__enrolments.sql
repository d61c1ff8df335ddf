CREATE TABLE schema_version(version INTEGER NOT NULL);
CREATE TABLE invitation(
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  segment TEXT NOT NULL,
  agent TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_by TEXT,
  used_at INTEGER,
  used_key TEXT,
  certificate BLOB,
  revoked_by TEXT,
  revoked_at INTEGER);
CREATE TABLE agent(
  identity TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  certificate_ends_at INTEGER,
  revoked_by TEXT,
  revoked_at INTEGER,
  revoked_because TEXT) WITHOUT ROWID;
-- A key that once had a certificate never gets another one.
CREATE TABLE certified_key(hash TEXT PRIMARY KEY, identity TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  about TEXT NOT NULL,
  detail TEXT NOT NULL);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- REPLACE deletes without that trigger, unless recursive triggers are on.
CREATE TRIGGER audit_is_appended_to BEFORE INSERT ON audit
  WHEN NEW.number IS NOT NULL AND NEW.number <= (SELECT coalesce(max(number), 0) FROM audit) AND NEW.number > 0
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
INSERT INTO schema_version VALUES (1);
