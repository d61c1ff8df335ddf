package dev.plumbline.collector.report;

import java.time.Instant;

/** From this moment on it stood so, until the next turn. */
record Turn(Instant at, Standing standing) {}
