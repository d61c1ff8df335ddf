package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Closes connections that ask {@code OPTIONS *} (RFC 9110 section 9.3.7): Armeria answers that by itself, before any service, token
 * or bound. Stands before the last handler, which is Armeria's for requests; under TLS that one comes with the handshake.
 */
final class OptionsGate extends ChannelInboundHandlerAdapter {
    private OptionsGate() {}

    static void at(ChannelPipeline pipeline, boolean isPlain) {
        if (isPlain) {
            pipeline.addBefore(pipeline.lastContext().name(), null, new OptionsGate());
        } else {
            pipeline.addLast(new AfterHandshake());
        }
    }

    private static final class AfterHandshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                at(context.pipeline(), true);
                context.pipeline().remove(this);
            }
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request
                && request.method() == HttpMethod.OPTIONS
                && request.path().equals("*")) {
            request.abort();
            // Past the handlers: that of HTTP/2 would wait for the request to be answered.
            context.channel().unsafe().close(context.channel().voidPromise());
            return;
        }
        context.fireChannelRead(message);
    }
}
