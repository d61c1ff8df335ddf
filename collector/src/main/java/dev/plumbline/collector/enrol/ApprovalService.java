package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.v1.ApprovalGrpc;
import dev.plumbline.v1.ApproveAgentRequest;
import dev.plumbline.v1.ApproveAgentResponse;
import dev.plumbline.v1.DenyAgentRequest;
import dev.plumbline.v1.DenyAgentResponse;
import dev.plumbline.v1.ListPendingAgentsRequest;
import dev.plumbline.v1.ListPendingAgentsResponse;
import dev.plumbline.words.SegmentId;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators ask of hosts that wait. Runs behind {@link dev.plumbline.collector.access.Permissions}, which says who they are. */
final class ApprovalService extends ApprovalGrpc.ApprovalImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalService.class);
    private static final int LONGEST_REASON = 500;

    private final Approvals approvals;

    ApprovalService(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public void listPendingAgents(ListPendingAgentsRequest request, StreamObserver<ListPendingAgentsResponse> to) {
        Answering.answer(
                to,
                LOG,
                () -> ListPendingAgentsResponse.newBuilder()
                        .addAllAgents(approvals.pending().stream()
                                .map(EnrolmentMessages::pending)
                                .toList())
                        .build());
    }

    @Override
    public void approveAgent(ApproveAgentRequest request, StreamObserver<ApproveAgentResponse> to) {
        Answering.answer(
                to,
                LOG,
                () -> ApproveAgentResponse.newBuilder()
                        .setAgent(EnrolmentMessages.pending(approvals.approve(
                                segment(request.getSegment()), request.getName(), request.getKeyFingerprint(), who())))
                        .build());
    }

    @Override
    public void denyAgent(DenyAgentRequest request, StreamObserver<DenyAgentResponse> to) {
        Answering.answer(to, LOG, () -> {
            if (request.getBecause().length() > LONGEST_REASON
                    || request.getBecause().chars().anyMatch(Character::isISOControl)) {
                throw Refusal.invalid("a reason is one line of at most " + LONGEST_REASON + " characters");
            }
            return DenyAgentResponse.newBuilder()
                    .setAgent(EnrolmentMessages.pending(approvals.deny(
                            segment(request.getSegment()),
                            request.getName(),
                            request.getKeyFingerprint(),
                            request.getBecause(),
                            who())))
                    .build();
        });
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
