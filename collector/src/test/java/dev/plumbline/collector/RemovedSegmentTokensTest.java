package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.CreateSegmentRequest;
import dev.plumbline.v1.DeleteSegmentRequest;
import dev.plumbline.v1.DeleteSegmentResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.SegmentAdministrationGrpc.SegmentAdministrationBlockingStub;
import dev.plumbline.v1.SegmentDeclaration;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tokens for some segments when one of these is removed: it is for good, whatever has its id later. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class RemovedSegmentTokensTest {
    @TempDir
    Path folder;

    private PeoplesCollector collector;
    private CreateAccessTokenResponse lab;
    private CreateAccessTokenResponse both;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.start(folder);
        add("lab");
        lab = collector.create("viewer", Duration.ofHours(1), "lab");
        both = collector.create("viewer", Duration.ofHours(1), "lab", "wifi");
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private SegmentAdministrationBlockingStub segments() throws Exception {
        return SegmentAdministrationGrpc.newBlockingStub(collector.operator());
    }

    private void add(String id) throws Exception {
        segments()
                .createSegment(CreateSegmentRequest.newBuilder()
                        .setSegment(SegmentDeclaration.newBuilder().setId(id).setKind("guest"))
                        .build());
    }

    private DeleteSegmentResponse remove(String id) throws Exception {
        return segments()
                .deleteSegment(DeleteSegmentRequest.newBuilder().setId(id).build());
    }

    private String seen(CreateAccessTokenResponse token) throws Exception {
        return seen(collector.with(token.getToken(), "127.0.0.1"));
    }

    private static String seen(Channel channel) {
        try {
            ListSegmentsResponse answer =
                    QueryServiceGrpc.newBlockingStub(channel).listSegments(ListSegmentsRequest.getDefaultInstance());
            return String.join(
                    " ", answer.getSegmentsList().stream().map(Segment::getId).toList());
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().name();
        }
    }

    @Test
    void noTokenForARemovedSegmentOpensOneOfItsIdThatIsAddedLaterNorAfterARestart() throws Exception {
        assertThat(seen(lab)).isEqualTo("lab");
        assertThat(seen(both)).isEqualTo("wifi lab");
        DeleteSegmentResponse removed = remove("lab");
        assertThat(removed.getRevokedAccessTokens()).isEqualTo(1);
        assertThat(removed.getNarrowedAccessTokens()).isEqualTo(1);
        add("lab");
        assertThat(seen(lab)).isEqualTo("UNAUTHENTICATED");
        assertThat(seen(both)).isEqualTo("wifi");
        collector.reopen();
        assertThat(seen(lab)).isEqualTo("UNAUTHENTICATED");
        assertThat(seen(both)).isEqualTo("wifi");
        assertThat(seen(collector.create("viewer", Duration.ofHours(1), "lab"))).isEqualTo("lab");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "TOKEN_REVOKED " + lab.getAccessToken().getId()
                                + " of viewer-1, role viewer: segment lab was removed, and it was for no other",
                        "TOKEN_NARROWED " + both.getAccessToken().getId()
                                + " of viewer-1, role viewer: segment lab was removed; it is for wifi alone now");
    }

    @Test
    void aTokenThatHasEndedByAClockThatRunsAheadIsNarrowedAllTheSame() throws Exception {
        collector.advance(Duration.ofHours(2));
        remove("lab");
        collector.advance(Duration.ofHours(-2));
        add("lab");
        assertThat(seen(both)).isEqualTo("wifi");
        assertThat(seen(lab)).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aSegmentThatIsGoneFromTheConfigurationAndComesBackIsAnother() throws Exception {
        CreateAccessTokenResponse written = collector.create("viewer", Duration.ofHours(1), "srv");
        CreateAccessTokenResponse two = collector.create("viewer", Duration.ofHours(1), "srv", "wifi");
        assertThat(seen(written)).isEqualTo("srv");
        collector.close();
        collector.withoutServers().open();
        assertThat(seen(two)).isEqualTo("wifi");
        collector.close();
        collector.withServers().open();
        assertThat(seen(written)).isEqualTo("UNAUTHENTICATED");
        assertThat(seen(two)).isEqualTo("wifi");
        assertThat(told()).hasSize(2).allMatch(s -> s.contains("segment srv was removed"));
    }

    private List<String> told() throws Exception {
        return collector.audit().stream()
                .filter(e -> List.of("TOKEN_REVOKED", "TOKEN_NARROWED").contains(e.getWhat()))
                .map(RemovedSegmentTokensTest::said)
                .toList();
    }

    private static String said(AuditEntry entry) {
        return entry.getWhat() + " " + entry.getAbout() + " " + entry.getDetail();
    }

    /** Its purview is that of its begin: whoever holds it open would see the new segment by it. */
    @Test
    void aCallThatWasBegunBeforeEndsWithTheSegment() throws Exception {
        CompletableFuture<Status> end = new CompletableFuture<>();
        ManagedChannel channel = collector.with(both.getToken(), "127.0.0.1");
        assertThat(seen(channel)).isEqualTo("wifi lab");
        ClientCall<ListSegmentsRequest, ListSegmentsResponse> call =
                channel.newCall(QueryServiceGrpc.getListSegmentsMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        // The begin of the one before goes out with it, and on one connection calls begin in their order.
        assertThat(seen(channel)).isEqualTo("wifi lab");
        remove("lab");
        add("lab");
        call.sendMessage(ListSegmentsRequest.getDefaultInstance());
        call.halfClose();
        assertThat(end.get(120, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
}
