-- Files of version 1 carry no number, and a kill at a first start may have left one of the tables out.
CREATE TABLE IF NOT EXISTS record(
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  agent TEXT NOT NULL,
  segment TEXT NOT NULL,
  incarnation BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  received_micros INTEGER NOT NULL,
  batch BLOB NOT NULL,
  UNIQUE(agent, incarnation, sequence));
CREATE TABLE IF NOT EXISTS evidence(
  sha256 BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  content BLOB NOT NULL) WITHOUT ROWID;
