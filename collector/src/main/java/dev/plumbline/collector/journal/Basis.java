package dev.plumbline.collector.journal;

import dev.plumbline.words.Sha256;
import java.time.Duration;

/**
 * What a verdict rests on beside the facts.
 *
 * @param program version of the program
 * @param configuration names what of site, catalog and agreements decides
 * @param edition the one in force, which the configuration's name stands for too; empty where an older program wrote it down
 * @param patience how old the latest round of a segment may be before nothing is known of it, to the millisecond; the
 *     configuration's name stands for it too; 0 where an older program wrote it down
 */
public record Basis(String program, Sha256 configuration, String edition, Duration patience) {
    public Basis {
        patience = Duration.ofMillis(patience.toMillis());
    }

    /** As a program wrote it down that kept no patience. */
    public Basis(String program, Sha256 configuration, String edition) {
        this(program, configuration, edition, Duration.ZERO);
    }

    /** As a program wrote it down that kept no edition. */
    public Basis(String program, Sha256 configuration) {
        this(program, configuration, "");
    }

    /** Whether both decide alike, whoever wrote them down. */
    public boolean decidesLike(Basis other) {
        return program.equals(other.program) && configuration.equals(other.configuration);
    }
}
