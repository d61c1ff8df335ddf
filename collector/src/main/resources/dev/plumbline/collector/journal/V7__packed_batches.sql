-- Batches may be packed (zlib, RFC 1950), which shows in their first byte: an older program would take them for damaged.
PRAGMA user_version = 7;
