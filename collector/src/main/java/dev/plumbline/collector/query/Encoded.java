package dev.plumbline.collector.query;

import com.google.protobuf.MessageLite;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** An answer as it travels: encoded once, and sent as often as somebody asks. */
final class Encoded {
    /** Of answers of any kind: what is sent is what they were encoded to. */
    static final Marshaller<Encoded> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(Encoded answer) {
            return new Sent(answer.bytes);
        }

        @Override
        public Encoded parse(InputStream stream) {
            try {
                return new Encoded(stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private final byte[] bytes;

    private Encoded(byte[] bytes) {
        this.bytes = bytes;
    }

    static Encoded of(MessageLite answer) {
        return new Encoded(answer.toByteArray());
    }

    /** In bytes. */
    int size() {
        return bytes.length;
    }

    /** Goes to the transport at once: of a stream it would read some kilobytes again and again. */
    private static final class Sent extends ByteArrayInputStream implements Drainable, KnownLength {
        Sent(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int left = count - pos;
            target.write(buf, pos, left);
            pos = count;
            return left;
        }
    }
}
