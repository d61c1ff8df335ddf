package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Exchange;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One request over HTTP/1.1 and what comes back, bounded; the connection is closed afterwards. */
final class Http1Exchange extends SimpleChannelInboundHandler<HttpObject> {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 8192;

    private final Answer answer;
    private boolean interim;

    private Http1Exchange(Answer answer) {
        this.answer = answer;
    }

    static CompletableFuture<Exchange> run(Talk talk, Channel channel, HttpAsk ask) {
        Answer answer = new Answer(talk, "HTTP/1.1", ask.asked(), ask.appetite());
        Tail.addBefore(
                channel,
                new Ration(answer),
                new HttpClientCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK),
                new Http1Exchange(answer));
        channel.writeAndFlush(request(ask)).addListener(sent -> {
            if (sent.cause() != null) {
                answer.failed(sent.cause());
            }
        });
        return answer.ended().whenComplete((exchange, none) -> channel.close());
    }

    private static FullHttpRequest request(HttpAsk ask) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(ask.method()),
                ask.path(),
                Unpooled.wrappedBuffer(ask.body().toArray()));
        request.headers()
                .set(HttpHeaderNames.HOST, ask.authority())
                .set(HttpHeaderNames.USER_AGENT, HttpAsk.USER_AGENT)
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONNECTION, "close");
        ask.headers().forEach((name, value) -> request.headers().set(name, value));
        if (request.content().isReadable()) {
            request.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
        }
        return request;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            answer.malformed(String.valueOf(message.decoderResult().cause().getMessage()));
            return;
        }
        if (message instanceof HttpResponse response) {
            interim = answer.isInterim(response.status().code());
        }
        if (interim) {
            return;
        }
        if (message instanceof HttpResponse response) {
            answer.status(response.status().code());
            response.headers()
                    .forEach(header -> answer.header(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        }
        if (message instanceof HttpContent content) {
            boolean more = answer.body(content.content());
            if (!more || message instanceof LastHttpContent) {
                answer.complete("");
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        answer.failed(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answer.closed();
    }
}
