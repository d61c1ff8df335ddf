package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.Transport;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * In a confirmation, the target's handshake once more with small segments, begun when the first has been silent for a
 * while: a hole in the path's MTU lets this one stand, see {@link SmallSegments}.
 */
record SmallAgain(Optional<SmallSegments> segments, List<Evidence> evidence) {
    /** Every path of IPv6 carries packets of 1280 bytes (RFC 8200 §5): these fit with either header. */
    static final int SEGMENT_BYTES = 1200;

    private static final long AFTER_MILLIS = 1000;
    private static final ChannelOption<Integer> TCP_MAXSEG = new IntegerUnixChannelOption("TCP_MAXSEG", 6, 2);
    static final SmallAgain NOT_ASKED = new SmallAgain(Optional.empty(), List.of());

    /** Not asked where it has no use or the platform cannot; ends with the talk's deadline. */
    static CompletableFuture<SmallAgain> beside(Talk talk, CompletableFuture<Said> talking) {
        boolean wanted = talk.confirming()
                && talk.target().transport().equals(Transport.TCP)
                && talk.target().probe().seesCertificate()
                && talk.network().loops().isEpoll();
        CompletableFuture<SmallAgain> asked = new CompletableFuture<>();
        if (!wanted) {
            asked.complete(NOT_ASKED);
            return asked;
        }
        talk.loop()
                .schedule(
                        () -> {
                            if (talking.isDone()) {
                                asked.complete(NOT_ASKED);
                            } else {
                                ask(talk).thenAccept(asked::complete);
                            }
                        },
                        AFTER_MILLIS,
                        TimeUnit.MILLISECONDS);
        talking.whenComplete((said, bug) -> {
            if (bug != null || !wasSilent(said)) {
                asked.complete(NOT_ASKED);
            }
        });
        return asked;
    }

    private static boolean wasSilent(Said said) {
        return said.handshakes().stream().limit(1).anyMatch(h -> h.failure().kind() == FailureKind.TLS_SILENT);
    }

    private static CompletableFuture<SmallAgain> ask(Talk talk) {
        AlpnLadder.Step step = AlpnLadder.steps(
                        talk.target().serverName(), talk.target().alpnLadder())
                .get(0);
        return talk.network()
                .connector()
                .tcp(talk.loop(), talk.remote(), talk.left(), Map.of(TCP_MAXSEG, SEGMENT_BYTES))
                .thenCompose(connection -> {
                    if (connection.channel().isEmpty()) {
                        return CompletableFuture.completedFuture(new SmallAgain(
                                Optional.of(new SmallSegments(SEGMENT_BYTES, connection.failure(), Optional.empty())),
                                List.of()));
                    }
                    return talk.network()
                            .handshaker()
                            .secure(connection.channel().get(), step.serverName(), step.alpn(), talk.left())
                            .thenApply(secured -> heard(connection.failure(), secured));
                });
    }

    private static SmallAgain heard(Failure connect, Secured secured) {
        secured.channel().close();
        return new SmallAgain(
                Optional.of(new SmallSegments(SEGMENT_BYTES, connect, Optional.of(secured.handshake()))),
                secured.evidence());
    }
}
