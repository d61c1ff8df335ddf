package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.FailureClassifier;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Gathers what comes on one connection until it is enough, the connection ends, or the time is over. Lives on its loop. */
final class Reply extends SimpleChannelInboundHandler<Object> {
    /** An answer that is longer is none of the helper's. */
    static final int MAX_BYTES = 16 << 10;

    private final Network network;
    private final Predicate<byte[]> enough;
    private final long start;
    private final CompletableFuture<Gathered> ended = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * What came.
     *
     * @param failure none when it was enough; else why nothing more came
     */
    record Gathered(Bytes bytes, Failure failure, Duration elapsed) {}

    private Reply(Network network, Predicate<byte[]> enough) {
        super(Object.class);
        this.network = network;
        this.enough = enough;
        this.start = network.ticker().nanos();
    }

    /** Begins to gather; must be called on the channel's loop. What is sent is sent afterwards. */
    static Reply on(Channel channel, Network network, Duration timeout, Predicate<byte[]> enough) {
        Reply reply = new Reply(network, enough);
        Tail.addBefore(channel, reply);
        channel.eventLoop()
                .schedule(() -> reply.end(FailureKind.EXCHANGE_SILENT), timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (!channel.isActive()) {
            reply.end(FailureKind.EXCHANGE_CLOSED);
        }
        return reply;
    }

    /** Completes on the loop, always normally. */
    CompletableFuture<Gathered> ended() {
        return ended;
    }

    boolean isEnded() {
        return ended.isDone();
    }

    void failed(Throwable cause) {
        end(FailureClassifier.exchanging(cause));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf part) {
            take(part);
        } else if (message instanceof ByteBufHolder datagram) {
            // One datagram is one answer: a wrong one must not be read with the right one as a whole.
            bytes.reset();
            take(datagram.content());
        }
    }

    private void take(ByteBuf part) {
        if (isEnded()) {
            return;
        }
        byte[] more = ByteBufUtil.getBytes(part);
        bytes.write(more, 0, Math.min(more.length, MAX_BYTES - bytes.size()));
        if (enough.test(bytes.toByteArray())) {
            end(Failure.none());
        } else if (bytes.size() >= MAX_BYTES) {
            end(Failure.of(FailureKind.EXCHANGE_MALFORMED, "more than " + MAX_BYTES + " bytes"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(FailureKind.EXCHANGE_CLOSED);
    }

    private void end(FailureKind kind) {
        end(Failure.of(kind, bytes.size() == 0 ? "" : "after " + bytes.size() + " bytes"));
    }

    private void end(Failure failure) {
        ended.complete(new Gathered(
                Bytes.of(bytes.toByteArray()), failure, network.ticker().since(start)));
    }
}
