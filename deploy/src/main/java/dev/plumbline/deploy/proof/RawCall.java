package dev.plumbline.deploy.proof;

import dev.plumbline.v1.AgentGatewayGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of the agents' gateway whose messages are any bytes. */
final class RawCall {
    private static final MethodDescriptor<byte[], byte[]> CONNECT = AgentGatewayGrpc.getConnectMethod().toBuilder(
                    new Bytes(), new Bytes())
            .build();

    private final ClientCall<byte[], byte[]> call;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    private RawCall(ClientCall<byte[], byte[]> call) {
        this.call = call;
    }

    static RawCall begin(ManagedChannel channel) {
        RawCall raw = new RawCall(channel.newCall(CONNECT, CallOptions.DEFAULT));
        raw.call.start(raw.new Answers(), new Metadata());
        raw.call.request(Integer.MAX_VALUE);
        return raw;
    }

    RawCall send(byte[] message) {
        if (!ended.isDone()) {
            call.sendMessage(message);
        }
        return this;
    }

    RawCall finish() {
        call.halfClose();
        return this;
    }

    Status awaitEnd(Duration atMost) throws Trouble, InterruptedException {
        try {
            return ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Trouble("a call still stands after " + atMost.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it with a problem", e);
        }
    }

    private final class Answers extends ClientCall.Listener<byte[]> {
        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
