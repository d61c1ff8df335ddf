package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.QuicHandshake;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a QUIC handshake ends: it stands, the peer says CONNECTION_CLOSE, an error, or its time is over. Whatever comes first
 * holds, and the connection is closed. Drops what nobody wants to hear, so that nothing leaks and nothing is logged.
 */
final class QuicEnd extends ChannelInboundHandlerAdapter {
    private final FirstError error;
    private final CompletableFuture<Failure> reached = new CompletableFuture<>();
    private Optional<QuicHandshake.Close> close = Optional.empty();
    private @Nullable QuicChannel channel;

    /** @param error of the socket underneath */
    QuicEnd(FirstError error) {
        this.error = error;
    }

    /** Completes on the loop, always normally. */
    CompletableFuture<Failure> reached() {
        return reached;
    }

    /** What the peer refused with, once the end is reached. */
    Optional<QuicHandshake.Close> close() {
        return close;
    }

    /** @param cause none when the handshake stands */
    void connected(@Nullable Throwable cause) {
        end(cause == null ? Failure.none() : FailureClassifier.securingDatagrams(error.orElse(cause)));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = (QuicChannel) context.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof QuicConnectionCloseEvent said && !reached.isDone()) {
            QuicHandshake.Close refusal = new QuicHandshake.Close(
                    Integer.toUnsignedLong(said.error()), said.isApplicationClose(), readable(said));
            close = Optional.of(refusal);
            end(refused(refusal));
        }
        ReferenceCountUtil.release(event);
    }

    static Failure refused(QuicHandshake.Close refusal) {
        return refusal.alert()
                .map(alert -> Failure.of(FailureKind.TLS_ALERT, "alert " + alert + ", " + refusal.text()))
                .orElseGet(() -> Failure.of(FailureKind.TLS_CLOSED, refusal.text()));
    }

    /** An event of a close without a reason has none to copy and fails when it is asked for it; it prints it all the same. */
    private static String readable(QuicConnectionCloseEvent said) {
        return said.toString().contains("reason=null")
                ? ""
                : new String(said.reason(), StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
    }

    /**
     * Closes later: quiche is in the middle of what it received, and would send its goodbye again and again. It is one of the
     * transport, NO_ERROR (RFC 9000 §20.1), which every packet may carry; one of the application may not go into all.
     */
    private void end(Failure failure) {
        if (!reached.isDone() && channel != null) {
            channel.eventLoop().execute(channel::close);
        }
        reached.complete(failure);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    /** The handshake's own end tells what it was. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}
