CREATE TABLE schema_version(version INTEGER NOT NULL);
INSERT INTO schema_version VALUES (1);
CREATE TABLE judge(id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL);
INSERT INTO judge VALUES (1, 0);
CREATE TABLE round(
  round INTEGER PRIMARY KEY,
  closed_at INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  judged_to INTEGER NOT NULL);
CREATE TABLE segment_round(segment TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE incident(
  id TEXT PRIMARY KEY,
  place TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  round INTEGER NOT NULL,
  finding BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX incident_open ON incident(place) WHERE closed_at IS NULL;
CREATE TABLE cell(
  segment TEXT NOT NULL,
  target TEXT NOT NULL,
  round INTEGER NOT NULL,
  cell BLOB NOT NULL,
  PRIMARY KEY(segment, target)) WITHOUT ROWID;
CREATE TABLE requirement(
  segment TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  round INTEGER NOT NULL,
  requirement BLOB NOT NULL,
  PRIMARY KEY(segment, ordinal)) WITHOUT ROWID;
CREATE TABLE agent(
  segment TEXT NOT NULL,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  version TEXT NOT NULL,
  unfit_reason TEXT NOT NULL,
  PRIMARY KEY(segment, name)) WITHOUT ROWID;
CREATE TABLE run(
  agent TEXT NOT NULL,
  target TEXT NOT NULL,
  first_round INTEGER NOT NULL,
  last_round INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY(agent, target, first_round)) WITHOUT ROWID;
