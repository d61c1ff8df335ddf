package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.plumbline.v1.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Calls on which nothing moves: gRPC's own flow control decides when somebody reads, so its side of the call is played here. */
final class QuietWatchTest {
    private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = T;

    @Test
    @SuppressWarnings("unchecked")
    void whoReadsNothingForAMinuteIsEnded() {
        ServerCallStreamObserver<WatchResponse> call = mock(ServerCallStreamObserver.class);
        Watch watch = new Watch(() -> new Watched(List.of(), List.of()), call, () -> now);
        assertThat(watch.tell()).isTrue();
        now = T.plusSeconds(100);
        assertThat(watch.tell()).as("it has only begun not to read").isTrue();
        now = T.plusSeconds(159);
        assertThat(watch.tell()).isTrue();
        when(call.isReady()).thenReturn(true);
        assertThat(watch.tell()).isTrue();
        when(call.isReady()).thenReturn(false);
        now = T.plusSeconds(200);
        assertThat(watch.tell()).as("the minute begins anew").isTrue();
        verify(call, never()).onError(any());
        now = T.plusSeconds(260);
        assertThat(watch.tell()).isFalse();
        verify(call, times(1)).onError(any());
    }

    @Test
    @SuppressWarnings("unchecked")
    void theTimeAloneIsToldWhereNothingElseIs() {
        ServerCallStreamObserver<WatchResponse> call = mock(ServerCallStreamObserver.class);
        when(call.isReady()).thenReturn(true);
        Watch watch = new Watch(() -> new Watched(List.of(), List.of()), call, () -> now);
        for (int second = 0; second < 65; second++) {
            now = T.plusSeconds(second);
            watch.tell();
        }
        ArgumentCaptor<WatchResponse> told = ArgumentCaptor.forClass(WatchResponse.class);
        verify(call, times(3)).onNext(told.capture());
        assertThat(told.getAllValues())
                .extracting(WatchResponse::getWhole, news -> news.getAt().getSeconds() - T.getEpochSecond())
                .containsExactly(tuple(true, 0L), tuple(false, 30L), tuple(false, 60L));
    }
}
