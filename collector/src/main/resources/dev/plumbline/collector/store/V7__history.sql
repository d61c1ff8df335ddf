-- What was known when. Times are those of the closings that wrote it, in microseconds; a row holds until the next one of its key.
-- One row for rounds that followed each other at one distance: from the first, which was closed at since, to the last, closed at
-- until. Rounds and the distance between them, which a single one does not have, are in milliseconds.
CREATE TABLE heard(
  segment TEXT NOT NULL,
  from_round INTEGER NOT NULL,
  to_round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY(segment, from_round)) WITHOUT ROWID;
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
