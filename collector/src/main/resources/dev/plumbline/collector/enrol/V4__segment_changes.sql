-- Changes of the site's segments, each with the whole declaration as a message.
CREATE TABLE segment_change(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  segment TEXT NOT NULL,
  declaration BLOB);
CREATE TRIGGER segment_change_is_not_changed BEFORE UPDATE ON segment_change
  BEGIN SELECT RAISE(ABORT, 'the list of changes is append-only'); END;
CREATE TRIGGER segment_change_is_not_deleted BEFORE DELETE ON segment_change
  BEGIN SELECT RAISE(ABORT, 'the list of changes is append-only'); END;
UPDATE schema_version SET version = 4;
