package dev.plumbline.collector.store;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.time.Instant;

/**
 * What one agent saw of one target in one round, reduced to a name of what was seen.
 *
 * @param fingerprint equal for equal facts, whatever the times were
 */
public record Fact(AgentId agent, TargetId target, long round, Sha256 fingerprint, Instant at) {}
