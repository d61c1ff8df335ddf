-- What the receiver was told last and took; absent while it has heard of no opening.
ALTER TABLE told ADD COLUMN heard TEXT;
-- The message by which its end is told, while that waits.
ALTER TABLE told ADD COLUMN resolved TEXT;
-- The kind of the message that it refused last, and when.
ALTER TABLE told ADD COLUMN refused TEXT;
ALTER TABLE told ADD COLUMN refused_at INTEGER;
UPDATE told SET heard = alert WHERE NOT EXISTS (
  SELECT 1 FROM delivery d WHERE d.receiver = told.receiver AND d.incident = told.incident AND d.state = 'WAITING');
-- For whom alone a message still waits, separated by blanks; empty = for all.
ALTER TABLE delivery ADD COLUMN left_over TEXT NOT NULL DEFAULT '';
UPDATE schema_version SET version = 2;
