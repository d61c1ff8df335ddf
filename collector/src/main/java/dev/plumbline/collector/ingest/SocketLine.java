package dev.plumbline.collector.ingest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;

/** A line over a socket; stands next to it, before all other handlers, since that of HTTP/2 reads whether it shall or not. */
final class SocketLine extends ChannelOutboundHandlerAdapter implements Line {
    private final SocketChannel channel;
    private volatile boolean isPaused;
    private volatile long movedNanos = System.nanoTime();
    // Of the connection's thread.
    private long queued;
    private int granted;

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

    /** The socket took some of what waits for it, or something was sent of what the peer allows to be, or it allows more. */
    private void compare() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        long nowQueued = waiting == null ? 0 : waiting.totalPendingWriteBytes();
        int nowGranted = granted();
        if (nowQueued < queued || nowGranted != granted) {
            movedNanos = System.nanoTime();
        }
        queued = nowQueued;
        granted = nowGranted;
    }

    /** What the peer's windows (RFC 9113 section 5.2) leave of the connection and of each stream, as one number. */
    private int granted() {
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (http2 == null) {
            return 0;
        }
        Http2RemoteFlowController windows = http2.encoder().flowController();
        int[] all = {windows.windowSize(http2.connection().connectionStream())};
        try {
            http2.connection().forEachActiveStream(stream -> {
                all[0] = 31 * all[0] + windows.windowSize(stream);
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("a look fails nowhere", e);
        }
        return all[0];
    }

    @Override
    public long standsFor(long nowNanos) {
        return nowNanos - movedNanos;
    }
}
