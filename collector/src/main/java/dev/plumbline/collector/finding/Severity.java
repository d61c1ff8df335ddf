package dev.plumbline.collector.finding;

/** How a finding is to be taken. */
public enum Severity {
    /** A house rule is broken: somebody's device prevents it. */
    VIOLATION,
    /** Apple, the provider upstream, the agent, the clock: nobody's rule. */
    FAULT,
    /** Worth knowing. */
    NOTE
}
