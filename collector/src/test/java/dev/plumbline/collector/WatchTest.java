package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching a whole collector over TLS. */
final class WatchTest {
    @TempDir
    Path folder;

    private static final class Told implements ClientResponseObserver<WatchRequest, WatchResponse> {
        private final BlockingQueue<WatchResponse> news = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> call) {}

        @Override
        public void onNext(WatchResponse response) {
            news.add(response);
        }

        @Override
        public void onError(Throwable broken) {
            ended.complete(Status.fromThrowable(broken));
        }

        @Override
        public void onCompleted() {
            ended.complete(Status.OK);
        }

        String refused() throws Exception {
            Status status = ended.get(60, TimeUnit.SECONDS);
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            return String.valueOf(status.getDescription());
        }

        WatchResponse next() throws InterruptedException {
            WatchResponse next = news.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("something is told").isNotNull();
            return next;
        }
    }

    @Test
    void theWholeIsToldFirstAndThenWhatBecameOtherwise() throws Exception {
        try (PeoplesCollector collector = PeoplesCollector.start(folder)) {
            Told told = new Told();
            QueryServiceGrpc.newStub(collector.with(collector.token("viewer"), "127.0.0.1"))
                    .watch(WatchRequest.getDefaultInstance(), told);
            WatchResponse whole = told.next();
            assertThat(whole.getWhole()).isTrue();
            assertThat(whole.getCellsList()).extracting(Cell::getSegment).containsOnly("wifi", "srv");
            collector.addSegment("lab", "10.20.40.0/24");
            WatchResponse news = told.next();
            assertThat(news.getWhole()).isFalse();
            assertThat(news.getCellsList()).extracting(Cell::getSegment).containsOnly("lab");
        }
    }

    @Test
    void aTokenThatEndsEndsTheWatch() throws Exception {
        try (PeoplesCollector collector = PeoplesCollector.start(folder)) {
            String token = collector.create("viewer", Duration.ofHours(1)).getToken();
            Told told = new Told();
            QueryServiceGrpc.newStub(collector.with(token, "127.0.0.1")).watch(WatchRequest.getDefaultInstance(), told);
            told.next();
            collector.advance(Duration.ofHours(2));
            collector.addSegment("lab", "10.20.40.0/24");
            assertThat(told.ended.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(told.news).isEmpty();
        }
    }

    @Test
    void aTokenThatEndsEndsTheWatchThoughNothingHappens() throws Exception {
        try (PeoplesCollector collector = PeoplesCollector.start(folder)) {
            String token = collector.create("viewer", Duration.ofHours(1)).getToken();
            Told told = watch(collector.with(token, "127.0.0.1"));
            told.next();
            collector.advance(Duration.ofHours(2));
            assertThat(told.ended.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void whoseTokenIsRevokedLeavesTheirPlaceToOthers() throws Exception {
        try (PeoplesCollector collector = PeoplesCollector.start(folder)) {
            List<String> ids = new ArrayList<>();
            List<Told> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CreateAccessTokenResponse created = collector.create("viewer", Duration.ofHours(1));
                ids.add(created.getAccessToken().getId());
                Channel channel = collector.with(created.getToken(), "127.0.0.1");
                for (int j = 0; j < 4; j++) {
                    all.add(watch(channel));
                }
                all.get(all.size() - 1).next();
                assertThat(watch(channel).refused())
                        .startsWith("token viewer-1 (")
                        .contains("watches 4 times already");
            }
            Channel other = collector.with(collector.token("viewer"), "127.0.0.1");
            assertThat(watch(other).refused()).startsWith("32 watch already");
            for (String id : ids) {
                AccessTokensGrpc.newBlockingStub(collector.operator())
                        .revokeAccessToken(
                                RevokeAccessTokenRequest.newBuilder().setId(id).build());
            }
            for (Told told : all) {
                assertThat(told.ended.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            }
            assertThat(placeIsFree(other)).isTrue();
        }
    }

    /** The collector hears of the end of a call some moments after its caller. */
    private static boolean placeIsFree(Channel channel) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (watch(channel).news.poll(100, TimeUnit.MILLISECONDS) != null) {
                return true;
            }
        }
        return false;
    }

    private static Told watch(Channel channel) {
        Told told = new Told();
        QueryServiceGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), told);
        return told;
    }
}
