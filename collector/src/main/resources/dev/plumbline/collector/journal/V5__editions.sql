-- The edition in force when a judge began; empty where an older program wrote it down.
ALTER TABLE beginning ADD COLUMN edition TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 5;
