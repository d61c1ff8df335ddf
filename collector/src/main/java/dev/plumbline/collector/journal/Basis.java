package dev.plumbline.collector.journal;

import dev.plumbline.words.Sha256;

/**
 * What a verdict rests on beside the facts.
 *
 * @param program version of the program
 * @param configuration names what of site, catalog and agreements decides
 * @param edition the one in force, which the configuration's name stands for too; empty where an older program wrote it down
 */
public record Basis(String program, Sha256 configuration, String edition) {
    /** As an older program wrote it down. */
    public Basis(String program, Sha256 configuration) {
        this(program, configuration, "");
    }

    /** Whether both decide alike, whoever wrote them down. */
    public boolean decidesLike(Basis other) {
        return program.equals(other.program) && configuration.equals(other.configuration);
    }
}
