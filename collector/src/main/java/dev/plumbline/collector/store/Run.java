package dev.plumbline.collector.store;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.time.Instant;

/**
 * Consecutive equal facts of one agent about one target.
 *
 * @param count rounds that showed it
 */
public record Run(AgentId agent, TargetId target, Sha256 fingerprint, Instant first, Instant last, long count) {}
