package dev.plumbline.agent.hold;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Gathers the first decrypted bytes, up to as many as were asked. */
final class Echo extends SimpleChannelInboundHandler<ByteBuf> {
    private final Consumer<byte[]> whole;
    private final int wanted;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    Echo(Consumer<byte[]> whole, int wanted) {
        this.whole = whole;
        this.wanted = wanted;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        if (gathered.size() < wanted) {
            try {
                bytes.readBytes(gathered, Math.min(bytes.readableBytes(), wanted - gathered.size()));
            } catch (IOException e) {
                throw new UncheckedIOException("memory does not fail like a file", e);
            }
            if (gathered.size() == wanted) {
                whole.accept(gathered.toByteArray());
            }
        }
    }
}
