package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.message;
import static dev.plumbline.collector.store.VerdictMessages.timestamp;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.round.Connections;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.Store;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes answers of what is declared, stored and connected. What nobody looks at is INSUFFICIENT, whatever is stored of it. */
public final class Answers {
    private final Supplier<Declared> inForce;
    private final Store store;
    private final Connections connections;
    private final Duration patience;
    private final Clock clock;

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

    List<dev.plumbline.v1.Segment> segments() {
        Silence silence = silence();
        List<Incident> open = store.openIncidents();
        List<AgentReport> reports = store.reports();
        return declared().site().segments().stream()
                .map(s -> segment(s, silence, open, reports))
                .toList();
    }

    private dev.plumbline.v1.Segment segment(
            Segment segment, Silence silence, List<Incident> open, List<AgentReport> reports) {
        dev.plumbline.v1.Segment.Builder message = dev.plumbline.v1.Segment.newBuilder()
                .setId(segment.id().value())
                .setDisplayName(segment.name())
                .setKind(Words.of(segment.kind()))
                .addAllRoles(segment.roles().stream().sorted().map(Words::of).toList())
                .addAllCidrs(segment.cidrs())
                .setEgressGroup(segment.egressGroup())
                .addAllAgents(agents(segment.id(), silence.connected(), reports))
                .setOpenViolations((int) count(open, segment, Severity.VIOLATION))
                .setOpenFaults((int) count(open, segment, Severity.FAULT));
        declared().targets(segment).stream()
                .filter(t -> t.poolSize() > 0 && declared().required(t, segment))
                .forEach(t -> message.addPools(pool(segment, t)));
        requirements(segment, silence).forEach(r -> message.addRequirements(message(r)));
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

    private List<Requirement> requirements(Segment segment, Silence silence) {
        List<Requirement> stored = store.requirements(segment.id());
        Optional<String> silent = silence.of(segment.id());
        if (stored.isEmpty()) {
            return HouseRules.unjudged(segment, silent.orElse("the latest round judged no requirement"));
        }
        return silent.map(because -> stored.stream()
                        .map(r -> new Requirement(
                                segment.id(),
                                r.id(),
                                Requirement.Verdict.INSUFFICIENT,
                                because + ", which said " + r.verdict(),
                                Requirement.Verdict.INSUFFICIENT))
                        .toList())
                .orElse(stored);
    }

    /** One cell for each target of the plan, run or not. */
    List<Cell> matrix(String segment) throws Refusal {
        List<Segment> wanted = segment.isEmpty()
                ? declared().site().segments()
                : List.of(declared().segment(segment));
        Map<SegmentId, Map<TargetId, dev.plumbline.collector.finding.Cell>> stored = new HashMap<>();
        store.cells()
                .forEach(c -> stored.computeIfAbsent(c.segment(), s -> new HashMap<>())
                        .put(c.target(), c));
        Silence silence = silence();
        List<Cell> cells = new ArrayList<>();
        for (Segment s : wanted) {
            Map<TargetId, dev.plumbline.collector.finding.Cell> of = stored.getOrDefault(s.id(), Map.of());
            for (Target target : declared().targets(s)) {
                cells.add(cell(s, target, Optional.ofNullable(of.get(target.id())), silence)
                        .getCell());
            }
        }
        return cells;
    }

    private ExplainTargetResponse cell(
            Segment segment, Target target, Optional<dev.plumbline.collector.finding.Cell> stored, Silence silence) {
        ExplainTargetResponse.Builder all =
                stored.map(c -> message(c).toBuilder()).orElseGet(() -> notYetRun(segment, target));
        Optional<String> silent = silence.of(segment.id());
        if (stored.isPresent() && silent.isPresent()) {
            all.getCellBuilder()
                    .setBecause(silent.get() + "; then it was " + all.getCell().getState() + ": "
                            + all.getCell().getBecause())
                    .setState(State.INSUFFICIENT.name());
        }
        all.getCellBuilder()
                .setService(service(target))
                .setHost(target.hostInRound(all.getCell().getRound()))
                .setPort(target.port())
                .setTransport(target.transport().word())
                .setServerName(target.serverName());
        return all.build();
    }

    private ExplainTargetResponse.Builder notYetRun(Segment segment, Target target) {
        return ExplainTargetResponse.newBuilder()
                .setCell(Cell.newBuilder()
                        .setSegment(segment.id().value())
                        .setTargetId(target.id().value())
                        .setState(State.NOT_YET_RUN.name())
                        .setBecause(
                                target.obligation() == Obligation.RETIRED
                                        ? "retired targets are looked at once a day"
                                        : "no closed round has looked at it yet")
                        .setRequired(declared().required(target, segment)));
    }

    private static String service(Target target) {
        return target.services().stream().sorted().findFirst().map(Words::of).orElse("");
    }

    List<Finding> findings(boolean includeClosed, String place) throws Refusal {
        if (!place.isEmpty()) {
            declared().checkPlace(place);
        }
        Stream<Incident> incidents = (includeClosed ? store.incidents() : store.openIncidents()).stream();
        return incidents
                .filter(i -> place.isEmpty() || i.finding().place().word().equals(place))
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
                        "there is no finding '" + id + "'; plumbline findings --all lists them with their ids"));
        GetRemedyResponse.Builder all = GetRemedyResponse.newBuilder().setFinding(message(incident));
        WrittenRemedies.of(declared().order(incident.id(), incident.finding()), dialect)
                .forEach(all::addConfigurations);
        return all.build();
    }

    ExplainTargetResponse explain(String segmentId, String targetId) throws Refusal {
        Segment segment = declared().segment(segmentId);
        Target target = declared().target(segment, targetId);
        ExplainTargetResponse.Builder all =
                cell(segment, target, store.cell(segment.id(), target.id()), silence()).toBuilder();
        all.addAllSources(declared().sources(target));
        if (target.poolSize() > 0) {
            all.setPool(pool(segment, target));
        }
        store.openIncidents().stream()
                .filter(i -> i.finding().targets().contains(target.id()))
                .filter(i ->
                        i.finding().place().segment().map(segment.id()::equals).orElse(true))
                .forEach(i -> all.addFindings(message(i)));
        return all.build();
    }

    private dev.plumbline.v1.PoolCoverage pool(Segment segment, Target target) {
        return PoolCoverage.of(target, store.pool(segment.id(), target.id()), clock.instant())
                .message();
    }

    private Silence silence() {
        return new Silence(connections.connected(), store.latestRounds(), patience, clock.instant());
    }
}
