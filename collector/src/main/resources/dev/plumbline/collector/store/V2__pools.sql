-- What was seen of pools; 0 stands for never.
CREATE TABLE pool(
  segment TEXT NOT NULL,
  target TEXT NOT NULL,
  member TEXT NOT NULL,
  is_address INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  connected_at INTEGER NOT NULL,
  proved_at INTEGER NOT NULL,
  PRIMARY KEY(segment, target, member)) WITHOUT ROWID;
UPDATE schema_version SET version = 2;
