package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Documents that somebody reads, and some that nobody does: gRPC's side of the calls is played here. */
final class DeliveriesTest {
    private static final byte[] DOCUMENT = new byte[200_000];

    private long now;
    private final Deliveries deliveries = new Deliveries(() -> now);

    /** One of whom the document is read as long as {@link #reads}. */
    private static final class Reader {
        @SuppressWarnings("unchecked")
        private final ServerCallStreamObserver<GenerateReportResponse> call = mock(ServerCallStreamObserver.class);

        private final List<Runnable> ready = new ArrayList<>();
        private boolean reads;

        Reader() {
            when(call.isReady()).thenAnswer(asked -> reads);
            doAnswer(set -> {
                        ready.add(set.getArgument(0));
                        return null;
                    })
                    .when(call)
                    .setOnReadyHandler(any());
            // Room for one piece.
            doAnswer(sent -> {
                        reads = false;
                        return null;
                    })
                    .when(call)
                    .onNext(any());
        }

        void reads() {
            reads = true;
            ready.get(0).run();
        }
    }

    private Reader begun() {
        assertThat(deliveries.enter()).isTrue();
        Reader reader = new Reader();
        deliveries.begin(new Delivery(ReportHeader.getDefaultInstance(), DOCUMENT, reader.call));
        return reader;
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whatNobodyReadsForAMinuteMakesRoomForOthers() {
        List<Reader> all = new ArrayList<>();
        for (int i = 0; i < Deliveries.MOST; i++) {
            all.add(begun());
        }
        assertThat(deliveries.enter()).isFalse();
        pass(50);
        all.get(0).reads();
        pass(10);
        Reader another = begun();
        verify(all.get(0).call, never()).onError(any());
        for (Reader standing : all.subList(1, Deliveries.MOST)) {
            verify(standing.call, times(1)).onError(any());
        }
        begun();
        begun();
        assertThat(deliveries.enter())
                .as("one that is read, and three new ones")
                .isFalse();
        all.get(1).reads();
        verify(all.get(1).call, never()).onCompleted();
        another.reads();
        verify(another.call, never()).onError(any());
    }

    /** Its last pieces may lie unread for ever. */
    @Test
    void whatIsWhollySentAndNotTakenMakesRoomToo() {
        for (int i = 0; i < Deliveries.MOST; i++) {
            Reader reader = begun();
            for (int piece = 0; piece < 4; piece++) {
                reader.reads();
            }
            verify(reader.call, times(1)).onCompleted();
        }
        assertThat(deliveries.enter()).isFalse();
        pass(60);
        assertThat(deliveries.enter()).isTrue();
    }

    @Test
    void whatWasNotMadeTakesNoRoom() {
        for (int i = 0; i < 3 * Deliveries.MOST; i++) {
            assertThat(deliveries.enter()).isTrue();
            deliveries.leave();
        }
    }
}
