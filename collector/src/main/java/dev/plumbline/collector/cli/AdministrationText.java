package dev.plumbline.collector.cli;

import dev.plumbline.collector.cli.TextTable.Entry;
import dev.plumbline.v1.AgentConnection;
import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.Invitation;
import dev.plumbline.v1.PendingAgent;
import java.util.List;
import java.util.stream.Collectors;

/** Agents, invitations and the audit log for people. Pure. */
final class AdministrationText {
    private AdministrationText() {}

    static List<String> invitations(List<Invitation> invitations, Terminal terminal) {
        if (invitations.isEmpty()) {
            return List.of("There is no invitation that can be used (--all shows the others).");
        }
        TextTable table = new TextTable("ID", "SEGMENT", "AGENT", "STATE", "UNTIL", "BY");
        for (Invitation invitation : invitations) {
            table.row(List.of(
                    Entry.of(invitation.getId()),
                    Entry.of(invitation.getSegment()),
                    Entry.of(invitation.getAgentName().isEmpty() ? "-" : invitation.getAgentName()),
                    Entry.of(state(invitation)),
                    Entry.of(Times.forPeople(invitation.getEndsAt())),
                    Entry.of(invitation.getCreatedBy())));
        }
        return table.lines(terminal);
    }

    private static String state(Invitation invitation) {
        String used = invitation.getUsedBy();
        return invitation.getState() + (used.isEmpty() ? "" : " by " + used.substring(used.lastIndexOf('/') + 1));
    }

    static List<String> agents(List<EnrolledAgent> agents, Terminal terminal) {
        if (agents.isEmpty()) {
            return List.of("No agent has joined or was ever seen (plumbline invite).");
        }
        TextTable table = new TextTable("SEGMENT", "AGENT", "SINCE", "CERTIFICATE UNTIL", "STANDS");
        for (EnrolledAgent agent : agents) {
            table.row(List.of(
                    Entry.of(agent.getSegment()),
                    Entry.of(agent.getName()),
                    Entry.of(Times.forPeople(agent.getSince())),
                    Entry.of(agent.hasCertificateEndsAt() ? Times.forPeople(agent.getCertificateEndsAt()) : "-"),
                    standing(agent)));
        }
        return table.lines(terminal);
    }

    static List<String> pending(List<PendingAgent> pending, Terminal terminal) {
        if (pending.isEmpty()) {
            return List.of("No host waits for approval.");
        }
        TextTable table = new TextTable("SEGMENT", "AGENT", "KEY", "FROM", "SINCE", "UNTIL", "STANDS");
        for (PendingAgent agent : pending) {
            table.row(List.of(
                    Entry.of(agent.getSegment()),
                    Entry.of(agent.getName()),
                    Entry.of(agent.getKeyFingerprint()),
                    Entry.of(agent.getRemoteAddress()),
                    Entry.of(Times.forPeople(agent.getRequestedAt())),
                    Entry.of(Times.forPeople(agent.getEndsAt())),
                    agent.hasApprovedAt()
                            ? Entry.of("approved by " + agent.getApprovedBy() + ", has not come yet")
                            : new Entry("waits", Ink.UNSURE)));
        }
        return table.lines(terminal);
    }

    private static Entry standing(EnrolledAgent agent) {
        if (agent.hasRevokedAt()) {
            return new Entry(
                    "REVOKED " + Times.forPeople(agent.getRevokedAt()) + " by " + agent.getRevokedBy()
                            + (agent.getRevokedBecause().isEmpty() ? "" : ": " + agent.getRevokedBecause()),
                    Ink.BAD);
        }
        return switch (agent.getConnectionsCount()) {
            case 0 -> new Entry("not connected", Ink.UNSURE);
            case 1 -> Entry.of("connected from " + from(agent.getConnections(0)));
            default -> several(agent);
        };
    }

    private static Entry several(EnrolledAgent agent) {
        String where = agent.getConnectionsList().stream()
                .map(AdministrationText::from)
                .collect(Collectors.joining(" and from "));
        return agent.getIsCloned()
                ? new Entry(
                        "CLONED: one key on several hosts, from " + where
                                + "; revoke it, and invite each host under a name of its own",
                        Ink.BAD)
                : new Entry("connected from " + where + "; it moved, or its key was copied", Ink.UNSURE);
    }

    private static String from(AgentConnection connection) {
        return connection.getRemoteAddress() + " since " + Times.forPeople(connection.getSince());
    }

    static List<String> audit(List<AuditEntry> entries, Terminal terminal) {
        TextTable table = new TextTable("NUMBER", "AT", "WHAT", "WHO, ABOUT WHOM");
        for (AuditEntry entry : entries) {
            table.row(List.of(
                    Entry.of(Long.toString(entry.getNumber())),
                    Entry.of(Times.forPeople(entry.getAt())),
                    Entry.of(entry.getWhat()),
                    Entry.of(entry.getWho()
                            + (entry.getAbout().isEmpty() || entry.getAbout().equals(entry.getWho())
                                    ? ""
                                    : " about " + entry.getAbout())
                            + (entry.getDetail().isEmpty() ? "" : ": " + entry.getDetail()))));
        }
        return table.lines(terminal);
    }
}
