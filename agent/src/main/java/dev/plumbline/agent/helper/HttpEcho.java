package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Endpoints;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers the request line and the header fields byte by byte as they arrived, whatever they are: case, order, spaces,
 * even a first line that is no HTTP. Everything up to the first empty line counts; a body is not read.
 */
final class HttpEcho extends SimpleChannelInboundHandler<ByteBuf> {
    static final int MAX_BYTES = 8 << 10;

    /** Field of the answer that says whom the helper sees; nobody else's answer has it. */
    static final String SEEN_FROM = "X-Plumbline-Seen-From";

    private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private int matched;
    private boolean answered;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        while (bytes.isReadable() && !answered) {
            byte next = bytes.readByte();
            request.write(next);
            matched = next == EMPTY_LINE[matched] ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == EMPTY_LINE.length) {
                answer(context, "200 OK", request.toByteArray());
            } else if (request.size() >= MAX_BYTES) {
                answer(context, "431 Request Header Fields Too Large", new byte[0]);
            }
        }
    }

    private void answer(ChannelHandlerContext context, String status, byte[] body) {
        answered = true;
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Length: "
                + body.length
                + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n" + SEEN_FROM
                + ": " + Endpoints.of(context.channel().remoteAddress()) + "\r\n\r\n";
        context.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.ISO_8859_1), body))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
