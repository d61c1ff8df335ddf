package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port of people and tools, full of connections whose peers have no token. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class PeoplesDoorTest {
    /** All that one address may have. */
    private static final int STRANGERS = 64;

    @TempDir
    Path folder;

    private PeoplesCollector collector;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.start(folder);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void strangersGiveWayAtOnceAndWhoeverShowedATokenDoesNot() throws Exception {
        ManagedChannel member = collector.with(collector.token("viewer"), "127.0.0.2");
        assertThat(asked(member)).isEqualTo(Status.Code.OK);
        for (int i = 0; i < STRANGERS; i++) {
            asked(collector.people("127.0.0.2"));
        }
        for (int i = 0; i < 3; i++) {
            ManagedChannel newcomer = collector.with(collector.token("viewer"), "127.0.0.2");
            assertThat(asked(newcomer)).isEqualTo(Status.Code.OK);
        }
        assertThat(member.getState(false)).as("its connection stands").isEqualTo(ConnectivityState.READY);
        assertThat(asked(member)).isEqualTo(Status.Code.OK);
    }

    @Test
    void whoeverShowsOneTokenOnTooManyConnectionsIsToldSo() throws Exception {
        String token = collector.token("viewer");
        Status.Code code = Status.Code.OK;
        int connections = 0;
        while (code == Status.Code.OK && connections < 100) {
            code = asked(collector.with(token, "127.0.0.2"));
            connections++;
        }
        assertThat(connections).isEqualTo(65);
        assertThat(code).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(asked(collector.with(collector.token("viewer"), "127.0.0.2")))
                .isEqualTo(Status.Code.OK);
        assertThat(asked(collector.with(token, "127.0.0.3"))).isEqualTo(Status.Code.OK);
    }

    /** Tries again for less than the minute after which an idle connection is closed anyway. */
    private static Status.Code asked(Channel channel) {
        try {
            QueryServiceGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(40, TimeUnit.SECONDS)
                    .listSegments(ListSegmentsRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
