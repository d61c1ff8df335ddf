package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.instant;
import static dev.plumbline.collector.store.VerdictMessages.message;
import static dev.plumbline.collector.store.VerdictMessages.timestamp;

import com.google.protobuf.Timestamp;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.compare.Comparison;
import dev.plumbline.collector.compare.Side;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.Spells;
import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes answers of what is declared, stored and connected. What nobody looks at is INSUFFICIENT, whatever is stored of it. */
public final class Answers {
    private final Supplier<Declared> inForce;
    private final Store store;
    private final Connections connections;
    private final Duration patience;
    private final Clock clock;
    private final StoredCells stored;
    private final FinishedCells finished;

    /**
     * @param patience how old the latest round of a segment may be before its stored state is no answer any more
     */
    public Answers(Declared declared, Store store, Connections connections, Duration patience, Clock clock) {
        this(() -> declared, store, connections, patience, clock);
    }

    /** @param inForce what is declared now */
    public Answers(Supplier<Declared> inForce, Store store, Connections connections, Duration patience, Clock clock) {
        this.inForce = inForce;
        this.store = store;
        this.connections = connections;
        this.patience = patience;
        this.clock = clock;
        this.stored = new StoredCells(store);
        this.finished = new FinishedCells(store, inForce.get());
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Of when a request asks.
     *
     * @throws FieldViolation when that is to come, or before all that is remembered
     */
    When when(Optional<Timestamp> at, Optional<Timestamp> since) throws FieldViolation {
        When when = When.of(at, since, clock.instant());
        checkRemembered("at", when.at());
        return when;
    }

    /** @param field as the request calls it */
    When at(String field, Optional<Timestamp> at) throws FieldViolation {
        When when = new When(When.past(field, at, clock.instant()), Optional.empty());
        checkRemembered(field, when.at());
        return when;
    }

    /** What nobody remembers would look like a site on which all is well. */
    private void checkRemembered(String field, Optional<Instant> at) throws FieldViolation {
        if (at.isEmpty()) {
            return;
        }
        Optional<Instant> first = store.rememberedFrom();
        if (first.isEmpty()) {
            throw new FieldViolation(field, "nothing is remembered yet: no round has closed; leave it out for now");
        }
        if (at.get().isBefore(first.get())) {
            throw new FieldViolation(
                    field,
                    "nothing is remembered of before " + first.get()
                            + "; ask for that time or a later one, or leave it out" + " for now");
        }
    }

    private Known known(When when) {
        return when.at()
                .<Known>map(at -> KnownThen.of(store, at, patience))
                .orElseGet(() -> new KnownNow(
                        store,
                        stored,
                        new Silence(connections.connected(), store.latestRounds(), patience, clock.instant())));
    }

    private Declared declared() {
        return inForce.get();
    }

    String siteId() {
        return declared().site().id();
    }

    String edition() {
        return declared().site().edition();
    }

    boolean isDeclared(String segment) {
        return declared().site().segments().stream()
                .anyMatch(s -> s.id().value().equals(segment));
    }

    List<dev.plumbline.v1.Segment> segments() {
        return segments(When.NOW);
    }

    /** Agents and pools are told of now alone. */
    List<dev.plumbline.v1.Segment> segments(When when) {
        Known known = known(when);
        List<Incident> open = known.openIncidents();
        List<AgentReport> reports = when.isNow() ? store.reports() : List.of();
        Predicate<SegmentId> isAsked = when.since()
                .<Predicate<SegmentId>>map(since -> changed(since, known)::contains)
                .orElse(s -> true);
        return declared().site().segments().stream()
                .filter(s -> isAsked.test(s.id()))
                .map(s -> segment(s, when, known, open, reports))
                .toList();
    }

    /** Segments of which something became otherwise. */
    private Set<SegmentId> changed(Instant since, Known known) {
        Set<SegmentId> changed = new TreeSet<>(store.requirementsChanged(since, known.at()));
        Known before = KnownThen.of(store, since, patience);
        declared().site().segments().stream()
                .map(Segment::id)
                .filter(s -> isOtherSilence(s, before, known))
                .forEach(changed::add);
        store.cells(known.at()).stream()
                .filter(s -> s.since().isAfter(since))
                .forEach(s -> changed.add(s.cell().segment()));
        known.incidents().stream()
                .filter(i -> lastChange(i).isAfter(since))
                .forEach(i -> i.finding().place().segment().ifPresent(changed::add));
        return changed;
    }

    /** To be heard no more is a change, and to be heard again is one. */
    private static boolean isOtherSilence(SegmentId segment, Known before, Known now) {
        return before.silence(segment).isPresent() != now.silence(segment).isPresent();
    }

    private static Instant lastChange(Incident incident) {
        return Stream.of(
                        Stream.of(incident.openedAt()),
                        incident.closedAt().stream(),
                        incident.reopenedAt().stream(),
                        incident.history().changes().stream().map(Change::at))
                .flatMap(all -> all)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private dev.plumbline.v1.Segment segment(
            Segment segment, When when, Known known, List<Incident> open, List<AgentReport> reports) {
        dev.plumbline.v1.Segment.Builder message = dev.plumbline.v1.Segment.newBuilder()
                .setId(segment.id().value())
                .setDisplayName(segment.name())
                .setKind(Words.of(segment.kind()))
                .addAllRoles(segment.roles().stream().sorted().map(Words::of).toList())
                .addAllCidrs(segment.cidrs())
                .setEgressGroup(segment.egressGroup())
                .setOpenViolations((int) count(open, segment, Severity.VIOLATION))
                .setOpenFaults((int) count(open, segment, Severity.FAULT));
        if (when.isNow()) {
            message.addAllAgents(agents(segment.id(), connections.connected(), reports));
            declared().targets(segment).stream()
                    .filter(t -> t.poolSize() > 0 && declared().required(t, segment))
                    .forEach(t -> message.addPools(pool(segment, t)));
        }
        requirements(segment, known).forEach(r -> message.addRequirements(message(r)));
        return message.build();
    }

    private static long count(List<Incident> open, Segment segment, Severity severity) {
        return open.stream()
                .map(Incident::finding)
                .filter(f -> f.place().equals(Place.of(segment.id())) && f.severity() == severity)
                .filter(f -> f.excuse().isEmpty())
                .count();
    }

    private List<AgentStatus> agents(SegmentId segment, Set<AgentId> connected, List<AgentReport> reports) {
        Set<AgentId> all = new TreeSet<>(connected);
        Map<AgentId, AgentReport> latest = new HashMap<>();
        reports.forEach(r -> latest.put(r.agent(), r));
        all.addAll(latest.keySet());
        List<AgentStatus> messages = new ArrayList<>();
        for (AgentId agent : all) {
            if (agent.segment().equals(segment)) {
                AgentStatus.Builder message =
                        AgentStatus.newBuilder().setName(agent.name()).setConnected(connected.contains(agent));
                AgentReport report = latest.get(agent);
                if (report != null) {
                    message.setLastHeardAt(timestamp(report.at()))
                            .setVersion(report.version())
                            .setUnfitReason(report.unfitReason());
                }
                Losses told = connections.losses().get(agent);
                if (told != null) {
                    message.setLostObservations(told.observations());
                }
                messages.add(message.build());
            }
        }
        return messages;
    }

    private List<Requirement> requirements(Segment segment, Known known) {
        List<Requirement> judged = known.requirements(segment.id());
        Optional<String> silent = known.silence(segment.id());
        if (judged.isEmpty()) {
            return HouseRules.unjudged(segment, silent.orElse("the latest round judged no requirement"));
        }
        return silent.map(because -> judged.stream()
                        .map(r -> new Requirement(
                                segment.id(),
                                r.id(),
                                Requirement.Verdict.INSUFFICIENT,
                                because + ", which said " + r.verdict(),
                                Requirement.Verdict.INSUFFICIENT))
                        .toList())
                .orElse(judged);
    }

    List<Cell> matrix(String segment) throws Refusal {
        return matrix(segment, When.NOW);
    }

    /** One cell for each target of the plan, run or not; with a time since, of those alone that became otherwise. */
    List<Cell> matrix(String segment, When when) throws Refusal {
        Declared declared = declared();
        List<Segment> wanted = segment.isEmpty() ? declared.site().segments() : List.of(declared.segment(segment));
        Known known = known(when);
        List<Cell> cells = new ArrayList<>();
        for (Segment s : wanted) {
            Optional<String> silent = known.silence(s.id());
            if (when.since().isPresent()) {
                cells.addAll(changed(s, when.since().get(), known, silent));
            } else if (when.isNow() && silent.isEmpty()) {
                cells.addAll(finished.of(s.id(), declared, () -> cells(declared, s, known, silent)));
            } else {
                cells.addAll(cells(declared, s, known, silent));
            }
        }
        return cells;
    }

    private List<Cell> cells(Declared declared, Segment segment, Known known, Optional<String> silent) {
        Map<TargetId, Cell> of = known.cells(segment.id());
        return declared.targets(segment).stream()
                .map(t -> cell(segment, t, Optional.ofNullable(of.get(t.id())), silent))
                .toList();
    }

    private List<Cell> changed(Segment segment, Instant since, Known known, Optional<String> silent) {
        Map<TargetId, Instant> news = new HashMap<>();
        store.shownCells(segment.id(), known.at()).stream()
                .filter(c -> instant(c.getSince()).isAfter(since))
                .forEach(c -> news.put(new TargetId(c.getTargetId()), instant(c.getSince())));
        Map<TargetId, Cell> of = known.cells(segment.id());
        boolean all = isOtherSilence(segment.id(), KnownThen.of(store, since, patience), known);
        List<Cell> cells = new ArrayList<>();
        for (Target target : declared().targets(segment)) {
            Instant from = news.get(target.id());
            if (from != null || (all && of.containsKey(target.id()))) {
                Cell.Builder cell = cell(segment, target, Optional.ofNullable(of.get(target.id())), silent).toBuilder();
                if (from != null && silent.isEmpty()) {
                    cell.setSince(timestamp(from));
                }
                cells.add(cell.build());
            }
        }
        return cells;
    }

    private Cell cell(Segment segment, Target target, Optional<Cell> known, Optional<String> silent) {
        Cell.Builder cell = known.map(Cell::toBuilder).orElseGet(() -> notYetRun(segment, target));
        if (known.isPresent() && silent.isPresent()) {
            cell.setBecause(silent.get() + "; then it was " + cell.getState() + ": " + cell.getBecause())
                    .setState(State.INSUFFICIENT.name())
                    // Since when it had been something else.
                    .clearSince();
        }
        return cell.setService(service(target))
                .setHost(target.hostInRound(cell.getRound()))
                .setPort(target.port())
                .setTransport(target.transport().word())
                .setServerName(target.serverName())
                .build();
    }

    private Cell.Builder notYetRun(Segment segment, Target target) {
        return Cell.newBuilder()
                .setSegment(segment.id().value())
                .setTargetId(target.id().value())
                .setState(State.NOT_YET_RUN.name())
                .setBecause(
                        target.obligation() == Obligation.RETIRED
                                ? "retired targets are looked at once a day"
                                : "no closed round has looked at it yet")
                .setRequired(declared().required(target, segment));
    }

    static String service(Target target) {
        return target.services().stream().sorted().findFirst().map(Words::of).orElse("");
    }

    List<Finding> findings(boolean includeClosed, String place) throws Refusal {
        return findings(includeClosed, place, When.NOW);
    }

    /** With a time since, open and closed ones that became otherwise. */
    List<Finding> findings(boolean includeClosed, String place, When when) throws Refusal {
        if (!place.isEmpty()) {
            declared().checkPlace(place);
        }
        Known known = known(when);
        List<Incident> incidents =
                includeClosed || when.since().isPresent() ? known.incidents() : known.openIncidents();
        return incidents.stream()
                .filter(i -> place.isEmpty() || i.finding().place().word().equals(place))
                .filter(i -> when.since()
                        .filter(since -> !lastChange(i).isAfter(since))
                        .isEmpty())
                .sorted(Comparator.comparing((Incident i) -> i.isOpen() ? 0 : 1)
                        .thenComparing(i -> i.finding().severity())
                        .thenComparing(i -> i.finding().place())
                        .thenComparing(Incident::openedAt)
                        .thenComparing(Incident::id))
                .map(i -> message(i))
                .toList();
    }

    /**
     * What to write into which box.
     *
     * @param dialect empty = every one that has something to write
     */
    GetRemedyResponse remedy(String id, String dialect) throws Refusal {
        Incident incident = store.incidents().stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "finding_id",
                        "there is no finding '" + id + "'; plumbline findings --all lists them with their ids"));
        GetRemedyResponse.Builder all = GetRemedyResponse.newBuilder().setFinding(message(incident));
        WrittenRemedies.of(declared().order(incident.id(), incident.finding()), dialect)
                .forEach(all::addConfigurations);
        return all.build();
    }

    ExplainTargetResponse explain(String segmentId, String targetId) throws Refusal {
        return explain(segmentId, targetId, When.NOW);
    }

    ExplainTargetResponse explain(String segmentId, String targetId, When when) throws Refusal {
        Segment segment = declared().segment(segmentId);
        Target target = declared().target(segment, targetId);
        Known known = known(when);
        Optional<ExplainTargetResponse> judged = known.cell(segment.id(), target.id());
        ExplainTargetResponse.Builder all =
                judged.map(ExplainTargetResponse::toBuilder).orElseGet(ExplainTargetResponse::newBuilder);
        all.setCell(cell(segment, target, judged.map(ExplainTargetResponse::getCell), known.silence(segment.id())));
        all.addAllSources(declared().sources(target));
        if (when.isNow() && target.poolSize() > 0) {
            all.setPool(pool(segment, target));
        }
        all.clearContrast().addAllContrast(elsewhere(segment, target, known, when.isNow() ? judged : Optional.empty()));
        when.since().ifPresent(since -> {
            Spells spells = store.spells(segment.id(), target.id(), since, known.at());
            all.addAllHistory(CellPast.of(
                            spells.latest(), store.unheard(segment.id(), patience, since, known.at()), since))
                    .setHistoryCut(spells.isCut());
        });
        known.openIncidents().stream()
                .filter(i -> i.finding().targets().contains(target.id()))
                .filter(i ->
                        i.finding().place().segment().map(segment.id()::equals).orElse(true))
                .forEach(i -> all.addFindings(message(i)));
        return all.build();
    }

    /**
     * What the other segments said of it. What one had said before it fell silent is no contrast.
     *
     * @param judged whose round they must have spoken of; empty where their latest word counts, as for an earlier time
     */
    private List<String> elsewhere(
            Segment segment, Target target, Known known, Optional<ExplainTargetResponse> judged) {
        return declared().site().segments().stream()
                .filter(s -> !s.id().equals(segment.id()))
                .filter(s -> judged.isPresent() || known.silence(s.id()).isEmpty())
                .flatMap(s -> known.seen(s.id(), target.id()).stream()
                        .filter(c -> judged.map(j -> j.getCell().getRound() == c.getRound())
                                .orElse(true))
                        .map(c -> s.id() + ": " + c.getBecause()))
                .toList();
    }

    List<Incident> open(When when) {
        return known(when).openIncidents();
    }

    /** @param purview of which places the asker may be told */
    CompareSegmentsResponse compare(ComparedSide a, ComparedSide b, Purview purview) throws Refusal, FieldViolation {
        Declared now = declared();
        Sides sides = new Sides(this, now, purview);
        Side one = sides.of("a", a, b);
        Side other = sides.of("b", b, a);
        // An edition says nothing of what it does not demand.
        if (!a.getEdition().isEmpty()) {
            other = other.only(one.targets().keySet());
        } else if (!b.getEdition().isEmpty()) {
            one = one.only(other.targets().keySet());
        }
        return ComparisonMessages.of(one, other, Comparison.of(one, other), now::service);
    }

    private dev.plumbline.v1.PoolCoverage pool(Segment segment, Target target) {
        return PoolCoverage.of(target, store.pool(segment.id(), target.id()), clock.instant())
                .message();
    }
}
