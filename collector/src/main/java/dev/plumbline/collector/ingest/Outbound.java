package dev.plumbline.collector.ingest;

import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.ConnectResponse.MessageCase;
import io.grpc.stub.CallStreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What is said to an agent, as fast as it reads. Of what waits the newest acknowledgement, plan and pause stand for those before
 * them, so an agent that reads nothing costs a bounded amount. Not thread-safe: guarded by its stream.
 */
final class Outbound {
    private final CallStreamObserver<ConnectResponse> calls;
    private final Deque<ConnectResponse> waiting = new ArrayDeque<>();
    private boolean isOpen;
    private long stuckSince;

    Outbound(CallStreamObserver<ConnectResponse> calls) {
        this.calls = calls;
    }

    /** The first message of all; what came before it follows. */
    void welcome(ConnectResponse welcome) {
        isOpen = true;
        calls.onNext(welcome);
        flush();
    }

    void send(ConnectResponse response) {
        if (isOpen && waiting.isEmpty() && calls.isReady()) {
            calls.onNext(response);
            return;
        }
        if (waiting.isEmpty()) {
            stuckSince = System.nanoTime();
        }
        makeWay(response.getMessageCase());
        waiting.add(response);
    }

    private void makeWay(MessageCase newer) {
        if (newer != MessageCase.DEMAND) {
            waiting.removeIf(r -> r.getMessageCase() == newer);
            return;
        }
        long demands = waiting.stream().filter(r -> r.getMessageCase() == newer).count();
        for (Iterator<ConnectResponse> oldest = waiting.iterator(); demands >= Bounds.DEMANDS && oldest.hasNext(); ) {
            if (oldest.next().getMessageCase() == newer) {
                oldest.remove();
                demands--;
            }
        }
    }

    /** The transport has room again. */
    void flush() {
        while (isOpen && !waiting.isEmpty() && calls.isReady()) {
            calls.onNext(waiting.remove());
            stuckSince = System.nanoTime();
        }
    }

    /** Hands over what waits, bounded as it is: the stream ends after it. */
    void flushAll() {
        while (isOpen && !waiting.isEmpty()) {
            calls.onNext(waiting.remove());
        }
    }

    boolean isClear() {
        return waiting.isEmpty();
    }

    /** How long the agent has read nothing though something waits. */
    Duration stuck(long nowNanos) {
        return isOpen && !waiting.isEmpty() ? Duration.ofNanos(nowNanos - stuckSince) : Duration.ZERO;
    }
}
