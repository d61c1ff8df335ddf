package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;
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

/** A caller who reads nothing: gRPC's own flow control decides when that is, so its side of the call is played here. */
final class UnreadWatchTest {
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
}
