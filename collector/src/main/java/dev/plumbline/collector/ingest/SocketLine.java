package dev.plumbline.collector.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;

/** A line over a socket; stands next to it, before all other handlers, since that of HTTP/2 reads whether it shall or not. */
final class SocketLine extends ChannelOutboundHandlerAdapter implements Line {
    /** Records of TLS with pings and windows alone, which a peer is given who reads nothing, are shorter. */
    private static final int SMALL = 256;

    private final SocketChannel channel;
    private volatile boolean isPaused;
    private volatile long movedNanos = System.nanoTime();
    /** Of the connection's thread. */
    private long queued;

    private SocketLine(SocketChannel channel) {
        this.channel = channel;
    }

    /** Of a socket that has no handlers yet. */
    static SocketLine of(SocketChannel channel) {
        SocketLine line = new SocketLine(channel);
        channel.pipeline().addFirst(line);
        return line;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (!isPaused) {
            context.read();
        }
    }

    /** Past the handlers, which would wait for the peer. */
    @Override
    public void cut() {
        if (channel.isRegistered()) {
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    @Override
    public void pause() {
        isPaused = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void resume() {
        isPaused = false;
        channel.config().setAutoRead(true);
    }

    @Override
    public void look() {
        if (channel.isRegistered()) {
            channel.eventLoop().execute(this::compare);
        }
    }

    /** The socket took some of what waits for it. */
    private void compare() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long now = waiting == null ? 0 : waiting.totalPendingWriteBytes();
        if (now < queued) {
            movedNanos = System.nanoTime();
        }
        queued = now;
    }

    /** HTTP/2 hands on what it has to say as far as the socket takes it and the peer's windows allow (RFC 9113 section 5.2). */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (message instanceof ByteBuf bytes && bytes.readableBytes() > SMALL) {
            movedNanos = System.nanoTime();
        }
        context.write(message, written);
    }

    @Override
    public long standsFor(long nowNanos) {
        return nowNanos - movedNanos;
    }
}
