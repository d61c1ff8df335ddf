package dev.plumbline.collector.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

final class OpenCallsTest {
    private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(T, ZoneOffset.UTC);

    @Test
    @SuppressWarnings("unchecked")
    void aCallEndsWithItsTokenThoughNothingIsSent() {
        ServerCall<String, String> over = mock(ServerCall.class);
        ServerCall<String, String> lasting = mock(ServerCall.class);
        OpenCalls open = new OpenCalls();
        open.add("one", new EndableCall<>(over, T, CLOCK));
        open.add("other", new EndableCall<>(lasting, T.plusSeconds(1), CLOCK));
        open.endThoseOver();
        open.endThoseOver();
        ArgumentCaptor<Status> status = ArgumentCaptor.forClass(Status.class);
        verify(over, times(1)).close(status.capture(), any());
        assertThat(status.getValue().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        verify(lasting, never()).close(any(), any());
    }
}
