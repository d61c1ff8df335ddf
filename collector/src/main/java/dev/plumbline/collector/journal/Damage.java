package dev.plumbline.collector.journal;

/**
 * An entry that is not as it was written. Whoever reads the journal passes it over.
 *
 * @param entry kind and number, such as {@code record 7}
 * @param agent who sent it, as far as that can still be read; empty for what no agent sent
 */
public record Damage(String entry, String agent) {
    private static final int LONGEST = 200;

    public Damage {
        // It may have been damaged too.
        agent = agent.substring(0, Math.min(LONGEST, agent.length())).replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** For people, without a full stop. */
    public String sentence() {
        return entry + (agent.isEmpty() ? "" : " of " + agent) + " is not as it was written";
    }
}
