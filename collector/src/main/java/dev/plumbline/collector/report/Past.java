package dev.plumbline.collector.report;

import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a report is made of.
 *
 * @param site its id
 * @param only of this segment alone is told; empty = of the whole site
 * @param rememberedFrom empty = nothing is
 * @param segments those that are told, gone through once: a year of a large site is more than fits into memory, so that each may be
 *     read when its turn comes
 * @param incidents those that were known at the end of the period, whenever they were open; as the segments
 * @param agreements as they are declared
 * @param judges in order of time, from the one that judged at the beginning of the period
 * @param editions of the catalog
 */
public record Past(
        String site,
        Period period,
        Optional<SegmentId> only,
        Optional<Instant> rememberedFrom,
        Iterable<OfSegment> segments,
        Iterable<OfIncident> incidents,
        Agreements agreements,
        List<Judge> judges,
        List<Edition> editions) {
    public Past {
        judges = List.copyOf(judges);
        editions = List.copyOf(editions);
    }

    /**
     * Of one segment.
     *
     * @param silences when it was not heard
     * @param readFrom of before this there was too much to be read; empty = all was
     * @param requirements oldest first, from the latest before the period on
     * @param targets of its plan, in order of id
     */
    public record OfSegment(
            Segment segment,
            List<Period> silences,
            Optional<Instant> readFrom,
            List<Judged> requirements,
            List<OfTarget> targets) {
        public OfSegment {
            silences = List.copyOf(silences);
            requirements = List.copyOf(requirements);
            targets = List.copyOf(targets);
        }
    }

    /** All requirements of a segment, since they were so. */
    public record Judged(Instant since, List<Requirement> requirements) {
        public Judged {
            requirements = List.copyOf(requirements);
        }
    }

    /**
     * Of one target of a segment.
     *
     * @param service empty = of none
     * @param spells oldest first, from the latest before the period on
     * @param readFrom as in {@link OfSegment}
     */
    public record OfTarget(
            TargetId target, String service, boolean required, List<Spell> spells, Optional<Instant> readFrom) {
        public OfTarget {
            spells = List.copyOf(spells);
        }
    }

    /** What a target was since a time. */
    public record Spell(Instant since, State state, String because) {}

    /**
     * Of one incident.
     *
     * @param forms oldest first, from the latest before the period on; the last is how it was known at the end of the period
     */
    public record OfIncident(List<Form> forms) {
        public OfIncident {
            forms = List.copyOf(forms);
            if (forms.isEmpty()) {
                throw new IllegalArgumentException("an incident of which nothing is known");
            }
        }

        Form latest() {
            return forms.get(forms.size() - 1);
        }
    }

    /** What an incident was since a time. */
    public record Form(Instant since, Incident incident) {}

    /**
     * By what was judged since a time.
     *
     * @param program version of the program, and so of the rules
     * @param edition empty where it was not written down
     * @param configuration name of what else decides
     */
    public record Judge(Instant since, String program, String edition, String configuration) {}
}
