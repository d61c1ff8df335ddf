package dev.plumbline.collector.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps out of the log what gRPC says of peers that break its rules, with a stack for each frame of theirs: whoever reaches the
 * port could fill the disk with it. The peer is told; the collector's own faults are logged as ever.
 */
final class PeerNoise {
    private static final String EXECUTOR = "io.grpc.internal.SerializingExecutor";

    /** Held, because the platform forgets the settings of loggers that nobody holds. */
    private static final List<Logger> TRANSPORTS = List.of(
            Logger.getLogger("io.grpc.netty.NettyServerHandler"),
            Logger.getLogger("io.grpc.netty.NettyServerStream"),
            Logger.getLogger("io.grpc.netty.NettyServerTransport"),
            Logger.getLogger("io.grpc.netty.NettyServerTransport.connections"));

    private static final Logger CALLS = Logger.getLogger(EXECUTOR);

    private PeerNoise() {}

    static void keepOut() {
        TRANSPORTS.forEach(logger -> logger.setFilter(entry -> entry.getLevel().intValue() < Level.INFO.intValue()
                || entry.getThrown() == null
                || isBug(entry.getThrown())));
        CALLS.setFilter(entry -> !isUnreadable(entry));
    }

    /** What a peer does ends in exceptions that say so; anything else is a fault of the program. */
    private static boolean isBug(Throwable thrown) {
        return thrown instanceof Error
                || thrown instanceof IllegalStateException
                || thrown instanceof NullPointerException
                || thrown instanceof IndexOutOfBoundsException;
    }

    /** A message that cannot be unpacked: its call has ended with a status by then. */
    private static boolean isUnreadable(LogRecord entry) {
        return entry.getThrown() != null && entry.getThrown().getCause() instanceof InvalidProtocolBufferException;
    }
}
