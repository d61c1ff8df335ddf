package dev.plumbline.deploy.bench;

import dev.plumbline.agent.net.Handshaker;
import dev.plumbline.agent.net.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Whom all contenders probe, a process of its own: accepts on one port, shakes hands and answers a GET on another, on every
 * address of the host. Prints the two ports and ends with its input.
 */
public final class BenchServer {
    private static final byte[] PAGE = "bench\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 4096;

    private BenchServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Loops loops = Loops.open()) {
            Channel plain = listen(loops, new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Quiet());
                }
            });
            SslContext context = context();
            Channel secure = listen(loops, new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                            .addLast(
                                    context.newHandler(channel.alloc()),
                                    new HttpServerCodec(),
                                    new Page(),
                                    new Quiet());
                }
            });
            System.out.println(port(plain) + " " + port(secure));
            while (System.in.read() >= 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static SslContext context() throws SSLException {
        BenchIdentity identity = BenchIdentity.make();
        // Every handshake is a whole one: nobody here may come back with a ticket.
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(Handshaker.bestProvider())
                .protocols("TLSv1.3", "TLSv1.2")
                .sessionCacheSize(1)
                .sessionTimeout(1)
                .build();
    }

    private static Channel listen(Loops loops, ChannelInitializer<Channel> each) {
        ServerBootstrap listener = loops.listener(BACKLOG).childHandler(each);
        return listener.bind(new InetSocketAddress("0.0.0.0", 0))
                .syncUninterruptibly()
                .channel();
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Answers any request with one short page and closes. */
    private static final class Page extends SimpleChannelInboundHandler<LastHttpContent> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, LastHttpContent end) {
            FullHttpResponse page = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(PAGE));
            page.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, PAGE.length)
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
            context.writeAndFlush(page);
        }
    }

    /** Whoever probes leaves when he has seen enough, and often without a word. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
