-- What was found not to be as it was written, so that it is told again at each start.
CREATE TABLE damage(
  entry TEXT PRIMARY KEY,
  agent TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 3;
