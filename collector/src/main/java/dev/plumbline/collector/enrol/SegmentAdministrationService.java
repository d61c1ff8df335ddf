package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.declared.Declarations;
import dev.plumbline.v1.CreateSegmentRequest;
import dev.plumbline.v1.CreateSegmentResponse;
import dev.plumbline.v1.DeleteSegmentRequest;
import dev.plumbline.v1.DeleteSegmentResponse;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.UpdateSegmentRequest;
import dev.plumbline.v1.UpdateSegmentResponse;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators ask of the site's segments. Runs behind {@link dev.plumbline.collector.access.Permissions}, which says who they are. */
public final class SegmentAdministrationService extends SegmentAdministrationGrpc.SegmentAdministrationImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentAdministrationService.class);

    private final SegmentRegister register;

    public SegmentAdministrationService(SegmentRegister register) {
        this.register = register;
    }

    @Override
    public void createSegment(CreateSegmentRequest request, StreamObserver<CreateSegmentResponse> to) {
        Answering.answer(to, LOG, () -> {
            SegmentRegister.Changed changed = register.add(request.getSegment(), who());
            return CreateSegmentResponse.newBuilder()
                    .setSegment(Declarations.message(changed.segment()))
                    .addAllNotes(changed.notes())
                    .build();
        });
    }

    @Override
    public void updateSegment(UpdateSegmentRequest request, StreamObserver<UpdateSegmentResponse> to) {
        Answering.answer(to, LOG, () -> {
            SegmentRegister.Changed changed = register.edit(
                    request.getSegment(), Set.copyOf(request.getUpdateMask().getPathsList()), who());
            return UpdateSegmentResponse.newBuilder()
                    .setSegment(Declarations.message(changed.segment()))
                    .addAllNotes(changed.notes())
                    .build();
        });
    }

    @Override
    public void deleteSegment(DeleteSegmentRequest request, StreamObserver<DeleteSegmentResponse> to) {
        Answering.answer(to, LOG, () -> {
            SegmentRegister.Removed removed = register.remove(request.getId(), request.getForce(), who());
            return DeleteSegmentResponse.newBuilder()
                    .setSegment(Declarations.message(removed.segment()))
                    .setEndedStreams(removed.endedStreams())
                    .setRevokedInvitations(removed.taken().invitations())
                    .setRevokedAccessTokens(removed.taken().tokens().revoked())
                    .setNarrowedAccessTokens(removed.taken().tokens().narrowed())
                    .build();
        });
    }

    private static String who() {
        return Asker.current().who();
    }
}
