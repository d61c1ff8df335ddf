package dev.plumbline.collector.ingest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;

/** A line over a socket; stands next to it, before all other handlers, since that of HTTP/2 reads whether it shall or not. */
final class SocketLine extends ChannelOutboundHandlerAdapter implements Line {
    private final SocketChannel channel;
    private volatile boolean isPaused;

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
}
