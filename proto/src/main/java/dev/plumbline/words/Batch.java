package dev.plumbline.words;

import java.util.List;
import java.util.UUID;

/**
 * What travels at once; known by (agent, incarnation, sequence), the agent being the stream's identity.
 *
 * @param losses what the agent could not keep until it wrote this
 */
public record Batch(
        UUID incarnation,
        long sequence,
        String planHash,
        List<Observation> observations,
        List<RoundSummary> summaries,
        List<Evidence> evidence,
        List<Hold> holds,
        Losses losses) {
    public Batch {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences start at 1, not " + sequence);
        }
        observations = List.copyOf(observations);
        summaries = List.copyOf(summaries);
        evidence = List.copyOf(evidence);
        holds = List.copyOf(holds);
    }

    /** Of an agent that lost nothing. */
    public Batch(
            UUID incarnation,
            long sequence,
            String planHash,
            List<Observation> observations,
            List<RoundSummary> summaries,
            List<Evidence> evidence,
            List<Hold> holds) {
        this(incarnation, sequence, planHash, observations, summaries, evidence, holds, Losses.NONE);
    }

    /** Without any hold. */
    public Batch(
            UUID incarnation,
            long sequence,
            String planHash,
            List<Observation> observations,
            List<RoundSummary> summaries,
            List<Evidence> evidence) {
        this(incarnation, sequence, planHash, observations, summaries, evidence, List.of());
    }

    /** The same batch, of whose rounds this is told. */
    public Batch with(List<Observation> told, List<RoundSummary> summarised) {
        return new Batch(incarnation, sequence, planHash, told, summarised, evidence, holds, losses);
    }
}
