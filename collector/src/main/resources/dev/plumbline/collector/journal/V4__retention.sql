-- Position up to which records may be gone: a snapshot of the store stands for them.
CREATE TABLE retention(id INTEGER PRIMARY KEY CHECK (id = 1), deleted_to INTEGER NOT NULL);
INSERT INTO retention VALUES (1, 0);
PRAGMA user_version = 4;
