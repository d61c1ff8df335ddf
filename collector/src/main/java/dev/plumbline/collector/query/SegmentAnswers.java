package dev.plumbline.collector.query;

import static dev.plumbline.collector.store.VerdictMessages.message;
import static dev.plumbline.wire.Fields.timestamp;

import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The segments: how each is held to the house's rules, who looks at it, and how much of its pools was proved. */
final class SegmentAnswers {
    private final Knowledge knowledge;

    SegmentAnswers(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Agents and pools are told of now alone. */
    List<dev.plumbline.v1.Segment> segments(When when) {
        return segments(when, when.isNow());
    }

    /** Without agents and pools. */
    List<dev.plumbline.v1.Segment> outlines(When when) {
        return segments(when, false);
    }

    private List<dev.plumbline.v1.Segment> segments(When when, boolean withAgents) {
        Known known = knowledge.known(when);
        List<Incident> open = known.openIncidents();
        List<AgentReport> reports = withAgents ? knowledge.store().reports() : List.of();
        Predicate<SegmentId> isAsked = when.since()
                .<Predicate<SegmentId>>map(since -> changed(since, known)::contains)
                .orElse(s -> true);
        return knowledge.declared().site().segments().stream()
                .filter(s -> isAsked.test(s.id()))
                .map(s -> segment(s, withAgents, known, open, reports))
                .toList();
    }

    /** Segments of which something became otherwise. */
    private Set<SegmentId> changed(Instant since, Known known) {
        Set<SegmentId> changed = new TreeSet<>(knowledge.store().requirementsChanged(since, known.at()));
        Known before = knowledge.then(since);
        knowledge.declared().site().segments().stream()
                .map(Segment::id)
                .filter(s -> Knowledge.isOtherSilence(s, before, known))
                .forEach(changed::add);
        knowledge.store().cells(known.at()).stream()
                .filter(s -> s.since().isAfter(since))
                .forEach(s -> changed.add(s.cell().segment()));
        known.incidents().stream()
                .filter(i -> FindingAnswers.lastChange(i).isAfter(since))
                .forEach(i -> i.finding().place().segment().ifPresent(changed::add));
        return changed;
    }

    private dev.plumbline.v1.Segment segment(
            Segment segment, boolean withAgents, Known known, List<Incident> open, List<AgentReport> reports) {
        dev.plumbline.v1.Segment.Builder message = dev.plumbline.v1.Segment.newBuilder()
                .setId(segment.id().value())
                .setDisplayName(segment.name())
                .setKind(Words.of(segment.kind()))
                .addAllRoles(segment.roles().stream().sorted().map(Words::of).toList())
                .addAllCidrs(segment.cidrs())
                .setEgressGroup(segment.egressGroup())
                .setOpenViolations((int) count(open, segment, Severity.VIOLATION))
                .setOpenFaults((int) count(open, segment, Severity.FAULT));
        if (withAgents) {
            message.addAllAgents(agents(segment.id(), knowledge.connections().connected(), reports));
            knowledge.declared().targets(segment).stream()
                    .filter(t -> t.poolSize() > 0 && knowledge.declared().required(t, segment))
                    .forEach(t -> message.addPools(knowledge.pool(segment, t)));
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
                Losses told = knowledge.connections().losses().get(agent);
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
}
