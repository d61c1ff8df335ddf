package dev.plumbline.agent.spool;

import dev.plumbline.words.Bytes;

/** A batch on disk: the bytes of message {@code plumbline.v1.Batch}. */
public record StoredBatch(long sequence, Bytes message) {}
