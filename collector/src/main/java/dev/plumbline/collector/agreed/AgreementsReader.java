package dev.plumbline.collector.agreed;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.config.Section;
import dev.plumbline.words.SegmentId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads {@code maintenance} ({@code segments, from, to, owner, reason}) and {@code waivers} ({@code segment, mechanism, scope,
 * owner, reason, until}) from a site's section. Times are ISO 8601 with an offset; a waiver may also name the last day on which it
 * counts, which ends at midnight UTC.
 */
public final class AgreementsReader {
    private final Site site;
    private final Predicate<SegmentId> alsoKnown;

    private AgreementsReader(Site site, Predicate<SegmentId> alsoKnown) {
        this.site = site;
        this.alsoKnown = alsoKnown;
    }

    /**
     * @param section the mapping under {@code site}; problems are noted in it, so nothing returned may be used before
     *     {@link dev.plumbline.config.ConfigFile#finish()} returned
     */
    public static Agreements read(Section section, Site site) {
        return read(section, site, segment -> false);
    }

    /** @param alsoKnown segments of the site that do not stand in the section */
    public static Agreements read(Section section, Site site, Predicate<SegmentId> alsoKnown) {
        AgreementsReader reader = new AgreementsReader(site, alsoKnown);
        List<Maintenance> maintenance = new ArrayList<>();
        section.sections("maintenance").forEach(s -> reader.maintenance(s).ifPresent(maintenance::add));
        List<Waiver> waivers = new ArrayList<>();
        section.sections("waivers").forEach(s -> reader.waiver(s).ifPresent(waivers::add));
        return new Agreements(maintenance, waivers);
    }

    private Optional<Maintenance> maintenance(Section section) {
        Set<SegmentId> segments = Set.copyOf(section.values("segments", this::segment));
        Instant from = section.value("from", AgreementsReader::time, Instant.MIN);
        Instant to = section.value("to", AgreementsReader::time, Instant.MAX);
        String owner = said(section, "owner", "write who answers for the work");
        String reason = said(section, "reason", "write what is done");
        if (segments.isEmpty()) {
            section.problem(
                    "segments",
                    (section.has("segments") ? "names none that is declared" : "is missing")
                            + "; name the segments that are worked on");
        }
        if (!from.isBefore(to)) {
            section.problem("to", "ends before it begins; it must be later than from");
        }
        boolean whole = !segments.isEmpty() && from.isBefore(to) && !owner.isBlank() && !reason.isBlank();
        return whole ? Optional.of(new Maintenance(segments, from, to, owner, reason)) : Optional.empty();
    }

    private Optional<Waiver> waiver(Section section) {
        Optional<SegmentId> segment = section.value("segment", s -> Optional.of(segment(s)), Optional.empty());
        Optional<Mechanism> mechanism =
                section.valueOr("mechanism", s -> Optional.of(Mechanism.ofId(s)), Optional.empty());
        Optional<Scope> scope = section.value("scope", s -> Optional.of(Scope.parse(s)), Optional.empty());
        Instant ends = section.value("until", AgreementsReader::end, Instant.MIN);
        String owner = said(section, "owner", "write who answers for it");
        String reason = said(section, "reason", "write why it stays as it is");
        boolean whole = segment.isPresent() && scope.isPresent() && !owner.isBlank() && !reason.isBlank();
        return whole
                ? Optional.of(new Waiver(
                        segment.get(), mechanism, scope.get(), owner, reason, ends, section.text("until", "")))
                : Optional.empty();
    }

    private static String said(Section section, String key, String hint) {
        String text = section.text(key);
        if (section.has(key) && text.isBlank()) {
            section.problem(key, "says nothing; " + hint);
        }
        return text;
    }

    private SegmentId segment(String text) {
        for (Segment segment : site.segments()) {
            if (segment.id().value().equals(text)) {
                return segment.id();
            }
        }
        if (text.matches("[a-z0-9-]{1,63}")
                && !SegmentId.RESERVED.contains(text)
                && !text.startsWith("-")
                && alsoKnown.test(new SegmentId(text))) {
            return new SegmentId(text);
        }
        throw new IllegalArgumentException("no segment '" + text + "' is declared; declared are "
                + site.segments().stream().map(s -> s.id().value()).collect(Collectors.joining(", ")));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time with an offset; write 2026-12-01T22:00:00+01:00", e);
        }
    }

    private static Instant end(String text) {
        try {
            return text.length() == "2026-12-31".length()
                    ? LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a day nor a time with an offset; write 2026-12-31 or"
                            + " 2026-12-31T18:00:00+01:00",
                    e);
        }
    }
}
