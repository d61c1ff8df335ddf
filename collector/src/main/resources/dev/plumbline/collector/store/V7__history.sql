-- What was known when. Times are those of the closings that wrote it, in microseconds; a row holds until the next one of its key.
CREATE TABLE heard(
  segment TEXT NOT NULL,
  round INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  PRIMARY KEY(segment, round)) WITHOUT ROWID;
-- One row each time that a cell became otherwise. What it was before this table was made is not known.
CREATE TABLE cell_history(
  segment TEXT NOT NULL,
  target TEXT NOT NULL,
  since INTEGER NOT NULL,
  face TEXT NOT NULL,
  cell BLOB NOT NULL,
  PRIMARY KEY(segment, target, since));
CREATE TABLE requirement_history(
  segment TEXT NOT NULL,
  since INTEGER NOT NULL,
  face TEXT NOT NULL,
  requirements BLOB NOT NULL,
  PRIMARY KEY(segment, since)) WITHOUT ROWID;
CREATE TABLE incident_history(
  id TEXT NOT NULL,
  since INTEGER NOT NULL,
  face TEXT NOT NULL,
  finding BLOB NOT NULL,
  PRIMARY KEY(id, since)) WITHOUT ROWID;
UPDATE schema_version SET version = 7;
