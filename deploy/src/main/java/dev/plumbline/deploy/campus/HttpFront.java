package dev.plumbline.deploy.campus;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/** The HTTP half of a pipeline: version 1.1, version 2, or what the handshake agreed upon. */
final class HttpFront {
    private static final int MOST_BYTES = 64 * 1024;

    private HttpFront() {}

    static void http1(ChannelPipeline pipeline, WebHandler.Site site) {
        pipeline.addLast(
                new HttpServerCodec(),
                new HttpServerKeepAliveHandler(),
                new HttpObjectAggregator(MOST_BYTES),
                new WebHandler(site));
    }

    private static void http2(ChannelPipeline pipeline, WebHandler.Site site) {
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer().build(),
                new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline()
                                .addLast(
                                        new Http2StreamFrameToHttpObjectCodec(true),
                                        new HttpObjectAggregator(MOST_BYTES),
                                        new WebHandler(site));
                    }
                }));
    }

    /** @param http1Too false for a server that hangs up on whoever did not agree on HTTP/2 */
    static ApplicationProtocolNegotiationHandler negotiated(WebHandler.Site site, boolean http1Too) {
        return new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                    http2(ctx.pipeline(), site);
                } else if (http1Too) {
                    http1(ctx.pipeline(), site);
                } else {
                    ctx.pipeline().addLast(new HangUpHandler());
                }
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                var unused = ctx.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                var unused = ctx.close();
            }
        };
    }
}
