package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.FirstError;
import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Exchange;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;

/** One request over HTTP/2 (RFC 9113) and what comes back, bounded; the connection is closed afterwards. */
final class Http2Exchange extends ChannelInboundHandlerAdapter {
    private final Answer answer;
    private final FirstError error;

    private Http2Exchange(Answer answer, FirstError error) {
        this.answer = answer;
        this.error = error;
    }

    static CompletableFuture<Exchange> run(Talk talk, Channel channel, HttpAsk ask) {
        Answer answer = new Answer(talk, "h2", ask.asked(), ask.appetite());
        FirstError error = new FirstError();
        Tail.addBefore(
                channel,
                error,
                new Ration(answer),
                Http2FrameCodecBuilder.forClient()
                        .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                        .build(),
                new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        new Http2StreamChannelBootstrap(channel)
                .handler(new Http2Exchange(answer, error))
                .open()
                .addListener(opened -> {
                    if (opened.cause() == null) {
                        send((Http2StreamChannel) opened.getNow(), ask);
                    } else {
                        answer.failed(error.orElse(opened.cause()));
                    }
                });
        return answer.ended().whenComplete((exchange, none) -> channel.close());
    }

    private static void send(Http2StreamChannel stream, HttpAsk ask) {
        Http2Headers headers = new DefaultHttp2Headers()
                .method(ask.method())
                .scheme("https")
                .authority(ask.authority())
                .path(ask.path())
                .set("user-agent", HttpAsk.USER_AGENT);
        ask.headers().forEach(headers::set);
        boolean hasBody = ask.body().size() > 0;
        stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, !hasBody));
        if (hasBody) {
            stream.writeAndFlush(
                    new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(ask.body().toArray()), true));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame frame) {
                headers(frame);
            } else if (message instanceof Http2DataFrame && answer.status() == 0) {
                answer.malformed("a body before any headers");
            } else if (message instanceof Http2DataFrame frame) {
                boolean more = answer.body(frame.content());
                if (frame.isEndStream() || !more) {
                    answer.complete("");
                }
            } else if (message instanceof Http2ResetFrame frame) {
                answer.malformed("RST_STREAM with error code " + frame.errorCode());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        CharSequence status = frame.headers().status();
        if (status != null && status.toString().matches("[1-9][0-9]{2}")) {
            if (answer.isInterim(Integer.parseInt(status.toString()))) {
                return;
            }
            answer.status(Integer.parseInt(status.toString()));
        }
        frame.headers().forEach(header -> {
            String name = header.getKey().toString();
            if (!name.startsWith(":")) {
                answer.header(name, header.getValue().toString());
            }
        });
        if (frame.isEndStream()) {
            answer.complete("");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        answer.failed(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Throwable cause = error.orElse(new ClosedChannelException());
        if (cause instanceof ClosedChannelException) {
            answer.closed();
        } else {
            answer.failed(cause);
        }
    }
}
