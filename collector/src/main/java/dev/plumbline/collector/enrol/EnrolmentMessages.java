package dev.plumbline.collector.enrol;

import dev.plumbline.collector.enrol.AgentRegister.Standing;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.v1.AgentConnection;
import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.PendingAgent;
import dev.plumbline.wire.Fields;
import java.time.Instant;
import java.util.List;

/** Enrolments as messages of the contract. Pure. */
final class EnrolmentMessages {
    private EnrolmentMessages() {}

    static dev.plumbline.v1.Invitation invitation(Invitation invitation, Instant now) {
        dev.plumbline.v1.Invitation.Builder message = dev.plumbline.v1.Invitation.newBuilder()
                .setId(invitation.id())
                .setSegment(invitation.segment().value())
                .setAgentName(invitation.agent().orElse(""))
                .setCreatedBy(invitation.createdBy())
                .setCreatedAt(Fields.timestamp(invitation.createdAt()))
                .setEndsAt(Fields.timestamp(invitation.endsAt()))
                .setState(invitation.state(now).name());
        invitation.used().ifPresent(use -> message.setUsedBy(use.identity()).setUsedAt(Fields.timestamp(use.at())));
        invitation.revoked().ifPresent(by -> message.setRevokedBy(by.who()).setRevokedAt(Fields.timestamp(by.at())));
        return message.build();
    }

    static EnrolledAgent agent(Standing standing) {
        return agent(standing.agent(), standing.connections()).toBuilder()
                .setIsCloned(standing.isCloned())
                .build();
    }

    private static EnrolledAgent agent(KnownAgent agent, List<ConnectedAgent> connections) {
        EnrolledAgent.Builder message = EnrolledAgent.newBuilder()
                .setIdentity(agent.identity().toString())
                .setSegment(agent.identity().segment().orElseThrow().value())
                .setName(agent.identity().name())
                .setSince(Fields.timestamp(agent.since()));
        agent.certificateEnds().ifPresent(at -> message.setCertificateEndsAt(Fields.timestamp(at)));
        agent.revoked()
                .ifPresent(r -> message.setRevokedAt(Fields.timestamp(r.at()))
                        .setRevokedBy(r.who())
                        .setRevokedBecause(r.because()));
        for (ConnectedAgent connection : connections) {
            message.addConnections(AgentConnection.newBuilder()
                    .setRemoteAddress(connection.caller().address())
                    .setSince(Fields.timestamp(connection.since()))
                    .setAgentVersion(connection.version())
                    .setIncarnation(connection.incarnation().toString())
                    .setLastHeardAt(Fields.timestamp(connection.lastHeardAt())));
        }
        return message.build();
    }

    static PendingAgent pending(PendingJoin pending) {
        PendingAgent.Builder message = PendingAgent.newBuilder()
                .setIdentity(pending.identity().toString())
                .setSegment(pending.identity().segment().orElseThrow().value())
                .setName(pending.identity().name())
                .setKeyFingerprint(pending.fingerprint().toString())
                .setRemoteAddress(pending.address())
                .setRequestedAt(Fields.timestamp(pending.requestedAt()))
                .setEndsAt(Fields.timestamp(pending.endsAt()))
                .setInvitationId(Invitation.id(pending.invitation()));
        pending.decision()
                .filter(PendingJoin.Decision::isApproved)
                .ifPresent(d -> message.setApprovedBy(d.who()).setApprovedAt(Fields.timestamp(d.at())));
        return message.build();
    }

    static dev.plumbline.v1.AuditEntry audit(AuditEntry entry) {
        return dev.plumbline.v1.AuditEntry.newBuilder()
                .setNumber(entry.number())
                .setAt(Fields.timestamp(entry.at()))
                .setWho(entry.who())
                .setWhat(entry.what().name())
                .setAbout(entry.about())
                .setDetail(entry.detail())
                .build();
    }
}
