-- Number of the earliest round whose facts count. Until here it was taken to be the earliest closed one's.
ALTER TABLE judge ADD COLUMN horizon INTEGER NOT NULL DEFAULT 0;
UPDATE judge SET horizon = (SELECT coalesce(min(round), 0) FROM round);
UPDATE schema_version SET version = 5;
