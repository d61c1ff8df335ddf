package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Facts;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /agents}: who measures, and how well he is. */
final class AgentsPage implements Page {
    private final Facts facts;

    AgentsPage(Facts facts) {
        this.facts = facts;
    }

    @Override
    public Shown of(Visit visit) {
        List<Segment> segments = visit.ask(
                        QueryServiceGrpc.getListSegmentsMethod(), ListSegmentsRequest.getDefaultInstance())
                .getSegmentsList();
        Map<String, EnrolledAgent> enrolled = new HashMap<>();
        if (visit.isAuditor()) {
            visit.ask(AdministrationGrpc.getListAgentsMethod(), ListAgentsRequest.getDefaultInstance())
                    .getAgentsList()
                    .forEach(a -> enrolled.put(a.getSegment() + "/" + a.getName(), a));
        }
        Map<String, Facts.Self> selves = facts.selves();
        List<Health> all = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.getAgentsCount() == 0) {
                without.add(segment.getId());
            }
            for (AgentStatus agent : segment.getAgentsList()) {
                String name = segment.getId() + "/" + agent.getName();
                all.add(Health.of(
                        segment.getId(),
                        agent,
                        Optional.ofNullable(selves.get(name)),
                        Optional.ofNullable(enrolled.get(name)),
                        visit.now()));
            }
        }
        return new Shown(
                "Agents",
                "/agents",
                "agents",
                false,
                Map.of("agents", all, "without", without, "isAuditor", visit.isAuditor()));
    }
}
