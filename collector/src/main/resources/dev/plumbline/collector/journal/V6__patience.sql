-- How old a segment's latest round might be then before nothing was known of it; 0 where an older program wrote it down.
ALTER TABLE beginning ADD COLUMN patience_millis INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = 6;
