package dev.plumbline.collector.store;

import dev.plumbline.words.AgentId;
import java.time.Instant;

/**
 * What an agent said last of itself.
 *
 * @param at end of its latest round
 * @param unfitReason a sentence, empty when the host was fit
 */
public record AgentReport(AgentId agent, Instant at, String version, String unfitReason) {}
