package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the collector says in a call, one after the other, and how the call ended. */
class Heard<T> implements StreamObserver<T> {
    private static final long PATIENCE_SECONDS = 90;

    private final BlockingQueue<T> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    T next() throws InterruptedException {
        T response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(response)
                .as("an answer of the collector, which said %s", ended.getNow(Status.OK))
                .isNotNull();
        return response;
    }

    /** How much was said that nobody asked {@link #next} for. */
    int left() {
        return responses.size();
    }

    /** How it ended, when it has. */
    Status status() throws Exception {
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(T response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable problem) {
        ended.complete(Status.fromThrowable(problem));
    }

    @Override
    public void onCompleted() {
        ended.complete(Status.OK);
    }
}
