-- What was decided on the facts, so that it can be decided again; and sums by which damage is seen. Older rows have none.
ALTER TABLE record ADD COLUMN crc32c INTEGER;
-- Position of the record that brought it first: at a closing, nothing counts that came later.
ALTER TABLE evidence ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
CREATE TABLE closing(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round INTEGER NOT NULL,
  read_to INTEGER NOT NULL,
  closed_micros INTEGER NOT NULL,
  crc32c INTEGER NOT NULL);
CREATE TABLE beginning(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  applied INTEGER NOT NULL,
  begun_micros INTEGER NOT NULL,
  program TEXT NOT NULL,
  configuration BLOB NOT NULL,
  crc32c INTEGER NOT NULL);
PRAGMA user_version = 2;
