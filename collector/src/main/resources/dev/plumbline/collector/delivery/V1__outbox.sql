CREATE TABLE schema_version(version INTEGER NOT NULL);
-- When the quiet hours of a receiver began; absent outside of them.
CREATE TABLE quiet(receiver TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
-- What a receiver was told last of each cause that it takes to be open.
CREATE TABLE told(
  receiver TEXT NOT NULL,
  incident TEXT NOT NULL,
  alert TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY(receiver, incident)) WITHOUT ROWID;
CREATE TABLE delivery(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  receiver TEXT NOT NULL,
  incident TEXT NOT NULL,
  alert TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  ended_at INTEGER,
  said TEXT NOT NULL);
CREATE INDEX delivery_by_state ON delivery(receiver, state, incident, number);
INSERT INTO schema_version VALUES (1);
