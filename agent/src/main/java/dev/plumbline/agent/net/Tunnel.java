package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a proxy for a tunnel and hands the connection on, with whatever the far end said already. */
public final class Tunnel extends ByteToMessageDecoder {
    private static final int MAX_HEAD = 16 * 1024;

    /** The reason may be in any language: a byte of 0x85 in it, as in UTF-8's Å, ends no line (RFC 9112 section 4, obs-text). */
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( [^\\r\\n]*)?");

    private final CompletableFuture<ProxyAnswer> answered = new CompletableFuture<>();

    private Tunnel() {}

    /**
     * Sends CONNECT on a connection to the proxy; must be called on its loop. Always completes normally, there; the
     * channel is closed unless the tunnel stands.
     */
    public static CompletableFuture<ProxyAnswer> open(Channel channel, ProxyWay way, Duration timeout) {
        Tunnel tunnel = new Tunnel();
        Tail.addBefore(channel, tunnel);
        channel.eventLoop()
                .schedule(
                        () -> tunnel.answer(channel, ProxyAnswer.failed(Failure.of(FailureKind.EXCHANGE_SILENT))),
                        Math.max(1, timeout.toMillis()),
                        TimeUnit.MILLISECONDS);
        String head = "CONNECT " + way.authority() + " HTTP/1.1\r\nHost: " + way.authority() + "\r\n"
                + way.authorizationLine() + "\r\n";
        channel.writeAndFlush(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII))
                .addListener(sent -> {
                    if (sent.cause() != null) {
                        tunnel.answer(channel, ProxyAnswer.failed(FailureClassifier.exchanging(sent.cause())));
                    }
                });
        return tunnel.answered;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int length = headLength(in);
        if (length < 0) {
            if (in.readableBytes() > MAX_HEAD) {
                answer(context.channel(), malformed("no end of the head in " + MAX_HEAD + " bytes"));
                in.skipBytes(in.readableBytes());
            }
            return;
        }
        String head = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        ProxyAnswer answer = parse(head);
        if (answer.status() / 100 == 1) {
            return;
        }
        answer(context.channel(), answer);
        if (answer.isOpen()) {
            // What the far end said already is passed on by the removal, to those who were added meanwhile.
            context.pipeline().remove(this);
        } else {
            in.skipBytes(in.readableBytes());
        }
    }

    static ProxyAnswer parse(String head) {
        List<String> lines = head.lines().toList();
        Matcher status = STATUS_LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!status.matches()) {
            return malformed("the answer is no HTTP/1.1");
        }
        StringBuilder challenges = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("proxy-authenticate")) {
                challenges
                        .append(challenges.isEmpty() ? "" : ", ")
                        .append(line.substring(colon + 1).strip());
            }
        }
        return new ProxyAnswer(
                Integer.parseInt(status.group(1)), ProxyAnswer.schemes(challenges.toString()), Failure.none());
    }

    private static int headLength(ByteBuf in) {
        int from = in.readerIndex();
        int newlines = 0;
        int limit = Math.min(in.readableBytes(), MAX_HEAD);
        for (int i = 0; i < limit; i++) {
            byte at = in.getByte(from + i);
            if (at == '\n' && ++newlines == 2) {
                return i + 1;
            } else if (at != '\n' && at != '\r') {
                newlines = 0;
            }
        }
        return -1;
    }

    private static ProxyAnswer malformed(String detail) {
        return ProxyAnswer.failed(Failure.of(FailureKind.EXCHANGE_MALFORMED, detail));
    }

    private void answer(Channel channel, ProxyAnswer answer) {
        if (answered.isDone()) {
            return;
        }
        if (!answer.isOpen()) {
            channel.close();
        }
        answered.complete(answer);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        answer(context.channel(), ProxyAnswer.failed(FailureClassifier.exchanging(cause)));
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        answer(context.channel(), ProxyAnswer.failed(Failure.of(FailureKind.EXCHANGE_CLOSED)));
        super.channelInactive(context);
    }
}
