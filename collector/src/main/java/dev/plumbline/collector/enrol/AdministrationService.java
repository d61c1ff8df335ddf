package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.enrol.Enrolment.Invited;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.CreateInvitationRequest;
import dev.plumbline.v1.CreateInvitationResponse;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListAgentsResponse;
import dev.plumbline.v1.ListAuditEntriesRequest;
import dev.plumbline.v1.ListAuditEntriesResponse;
import dev.plumbline.v1.ListInvitationsRequest;
import dev.plumbline.v1.ListInvitationsResponse;
import dev.plumbline.v1.RevokeAgentRequest;
import dev.plumbline.v1.RevokeAgentResponse;
import dev.plumbline.v1.RevokeInvitationRequest;
import dev.plumbline.v1.RevokeInvitationResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked about agents. Runs behind the interceptor of a port, which says who asks. */
final class AdministrationService extends AdministrationGrpc.AdministrationImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AdministrationService.class);
    private static final int STANDARD_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_REASON = 500;

    private final AgentRegister register;
    private final Optional<Enrolment> enrolment;
    private final Clock clock;

    /** @param enrolment empty where the collector has no authority's key */
    AdministrationService(AgentRegister register, Optional<Enrolment> enrolment, Clock clock) {
        this.register = register;
        this.enrolment = enrolment;
        this.clock = clock;
    }

    @Override
    public void createInvitation(CreateInvitationRequest request, StreamObserver<CreateInvitationResponse> to) {
        Answering.answer(to, LOG, () -> {
            Invited invited = enrolment
                    .orElseThrow(Answering::noEnrolment)
                    .invite(
                            segment(request.getSegment()),
                            Optional.of(request.getAgentName()).filter(n -> !n.isEmpty()),
                            Duration.ofSeconds(Math.min(Math.max(0, request.getTtlSeconds()), Integer.MAX_VALUE)),
                            who());
            return CreateInvitationResponse.newBuilder()
                    .setInvitation(EnrolmentMessages.invitation(invited.invitation(), clock.instant()))
                    .setToken(invited.token().text())
                    .build();
        });
    }

    @Override
    public void listInvitations(ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> to) {
        Answering.answer(to, LOG, () -> {
            Instant now = clock.instant();
            return ListInvitationsResponse.newBuilder()
                    .addAllInvitations(register.invitations().stream()
                            .filter(i -> request.getIncludeClosed() || i.state(now) == Invitation.State.OPEN)
                            .map(i -> EnrolmentMessages.invitation(i, now))
                            .toList())
                    .build();
        });
    }

    @Override
    public void revokeInvitation(RevokeInvitationRequest request, StreamObserver<RevokeInvitationResponse> to) {
        Answering.answer(
                to,
                LOG,
                () -> RevokeInvitationResponse.newBuilder()
                        .setInvitation(EnrolmentMessages.invitation(
                                register.revokeInvitation(request.getId(), who()), clock.instant()))
                        .build());
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> to) {
        Answering.answer(
                to,
                LOG,
                () -> ListAgentsResponse.newBuilder()
                        .addAllAgents(register.agents().stream()
                                .map(EnrolmentMessages::agent)
                                .toList())
                        .build());
    }

    @Override
    public void revokeAgent(RevokeAgentRequest request, StreamObserver<RevokeAgentResponse> to) {
        Answering.answer(to, LOG, () -> {
            if (request.getBecause().length() > LONGEST_REASON
                    || request.getBecause().chars().anyMatch(Character::isISOControl)) {
                throw Refusal.invalid("a reason is one line of at most " + LONGEST_REASON + " characters");
            }
            AgentRegister.Revoked revoked =
                    register.revoke(segment(request.getSegment()), request.getName(), request.getBecause(), who());
            LOG.info("agent {} was revoked by {}", revoked.agent().identity(), who());
            return RevokeAgentResponse.newBuilder()
                    .setAgent(EnrolmentMessages.agent(new AgentRegister.Standing(revoked.agent(), List.of())))
                    .setEndedStreams(revoked.endedStreams())
                    .build();
        });
    }

    @Override
    public void listAuditEntries(ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> to) {
        Answering.answer(to, LOG, () -> {
            int asked = request.getPageSize();
            int size = asked <= 0 ? STANDARD_PAGE : Math.min(asked, LARGEST_PAGE);
            if (enrolment.isPresent()) {
                enrolment.get().tellVain(false);
            }
            List<AuditEntry> entries = register.audit(before(request.getPageToken()), size);
            ListAuditEntriesResponse.Builder answer = ListAuditEntriesResponse.newBuilder()
                    .addAllEntries(
                            entries.stream().map(EnrolmentMessages::audit).toList());
            if (!entries.isEmpty() && entries.get(0).number() > 1) {
                answer.setNextPageToken(Long.toString(entries.get(0).number()));
            }
            return answer.build();
        });
    }

    private static long before(String pageToken) throws Refusal {
        if (pageToken.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!pageToken.matches("\\d{1,18}")) {
            throw Refusal.invalid("'" + pageToken + "' is no page_token of an answer");
        }
        return Long.parseLong(pageToken);
    }

    private static SegmentId segment(String text) throws Refusal {
        try {
            return new SegmentId(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String who() {
        return Asker.current().who();
    }
}
