package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Segments for people: who looks at each, and which house rules it meets. Pure. */
final class SegmentText {
    private SegmentText() {}

    static List<String> all(List<Segment> segments, Terminal terminal) {
        TextTable table = new TextTable("SEGMENT", "KIND", "ROLES", "OPEN", "POOLS IN 24 H", "AGENTS");
        for (Segment segment : segments) {
            table.row(List.of(
                    Entry.of(segment.getId()),
                    Entry.of(segment.getKind()),
                    Entry.of(String.join(" ", segment.getRolesList())),
                    open(segment),
                    Entry.of(pools(segment)),
                    Entry.of(agents(segment))));
        }
        return withRequirements(table, segments, terminal);
    }

    /** As of an earlier time: of agents and pools only today's are known. */
    static List<String> then(List<Segment> segments, Terminal terminal) {
        TextTable table = new TextTable("SEGMENT", "KIND", "ROLES", "OPEN");
        for (Segment segment : segments) {
            table.row(List.of(
                    Entry.of(segment.getId()),
                    Entry.of(segment.getKind()),
                    Entry.of(String.join(" ", segment.getRolesList())),
                    open(segment)));
        }
        return withRequirements(table, segments, terminal);
    }

    private static List<String> withRequirements(TextTable table, List<Segment> segments, Terminal terminal) {
        List<String> lines = new ArrayList<>(table.lines(terminal));
        lines.add("");
        lines.addAll(requirements(segments, terminal));
        return lines;
    }

    static List<String> requirements(List<Segment> segments, Terminal terminal) {
        TextTable table = new TextTable("SEGMENT", "REQUIREMENT", "VERDICT", "STILL WORKS", "BECAUSE");
        for (Segment segment : segments) {
            for (Requirement requirement : segment.getRequirementsList()) {
                table.row(List.of(
                        Entry.of(segment.getId()),
                        Entry.of(requirement.getId()),
                        new Entry(requirement.getVerdict(), Ink.ofVerdict(requirement.getVerdict())),
                        Entry.of(stillWorks(requirement.getStillWorks())),
                        Entry.of(requirement.getBecause())));
            }
        }
        return table.lines(terminal);
    }

    private static Entry open(Segment segment) {
        int violations = segment.getOpenViolations();
        int faults = segment.getOpenFaults();
        if (violations + faults == 0) {
            return Entry.of("-");
        }
        String text = violations == 0
                ? faults + " fault" + (faults == 1 ? "" : "s")
                : violations + " violation" + (violations == 1 ? "" : "s")
                        + (faults == 0 ? "" : ", " + faults + " fault" + (faults == 1 ? "" : "s"));
        return new Entry(text, violations > 0 ? Ink.BAD : Ink.UNSURE);
    }

    private static String pools(Segment segment) {
        return segment.getPoolsCount() == 0
                ? "-"
                : segment.getPoolsList().stream().map(PoolText::shortly).collect(Collectors.joining(", "));
    }

    private static String stillWorks(String verdict) {
        return switch (verdict) {
            case "MET" -> "yes";
            case "BROKEN" -> "no";
            default -> "unknown";
        };
    }

    private static String agents(Segment segment) {
        if (segment.getAgentsCount() == 0) {
            return "none has ever been heard";
        }
        return segment.getAgentsList().stream().map(SegmentText::agent).collect(Collectors.joining("; "));
    }

    private static String agent(AgentStatus agent) {
        String heard = agent.hasLastHeardAt() ? "heard " + Times.forPeople(agent.getLastHeardAt()) : "no round yet";
        return agent.getName()
                + (agent.getConnected() ? " connected, " : " NOT CONNECTED, ")
                + heard
                + (agent.getUnfitReason().isEmpty() ? "" : ", unfit: " + agent.getUnfitReason())
                + (agent.getLostObservations() == 0
                        ? ""
                        : ", could not keep " + agent.getLostObservations() + " observations");
    }
}
