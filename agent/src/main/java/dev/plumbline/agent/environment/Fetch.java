package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Failure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One document by HTTP, bounded in size and time; follows no redirect and verifies no certificate. */
final class Fetch extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final CompletableFuture<Fetched> ended;

    private Fetch(CompletableFuture<Fetched> ended) {
        this.ended = ended;
    }

    /**
     * What came.
     *
     * @param status 0 when nothing came
     * @param tooLarge more came than is taken
     * @param problem a sentence, empty when a document came with status 200
     */
    record Fetched(int status, String body, long bytes, boolean tooLarge, String problem) {
        static Fetched failed(String problem) {
            return new Fetched(0, "", 0, false, problem);
        }
    }

    /** A document to fetch, and how much of it is taken. */
    record Wanted(URI uri, InetAddress address, String accept, int maxBytes) {
        boolean isSecure() {
            return "https".equalsIgnoreCase(uri.getScheme());
        }

        int port() {
            return uri.getPort() > 0 ? uri.getPort() : isSecure() ? 443 : 80;
        }

        String path() {
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        }
    }

    /** Always completes normally. */
    static CompletableFuture<Fetched> get(Network network, Wanted wanted, Duration timeout) {
        CompletableFuture<Fetched> ended = new CompletableFuture<>();
        EventLoop loop = network.loops().next();
        network.connector()
                .tcp(loop, new InetSocketAddress(wanted.address(), wanted.port()), timeout)
                .thenAcceptAsync(
                        connection -> {
                            if (connection.channel().isEmpty()) {
                                ended.complete(Fetched.failed("no connection: " + said(connection.failure())));
                                return;
                            }
                            Channel channel = connection.channel().get();
                            ended.whenComplete((any, none) -> channel.close());
                            if (!wanted.isSecure()) {
                                ask(channel, wanted, ended);
                                return;
                            }
                            network.handshaker()
                                    .secure(channel, wanted.uri().getHost(), List.of(), timeout)
                                    .thenAccept(secured -> {
                                        if (secured.stands()) {
                                            ask(channel, wanted, ended);
                                        } else {
                                            ended.complete(Fetched.failed("no TLS: "
                                                    + said(secured.handshake().failure())));
                                        }
                                    });
                        },
                        loop);
        return ended.completeOnTimeout(
                Fetched.failed("no answer within " + timeout.toMillis() + " ms"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void ask(Channel channel, Wanted wanted, CompletableFuture<Fetched> ended) {
        Tail.addBefore(channel, new HttpClientCodec(), new HttpObjectAggregator(wanted.maxBytes()), new Fetch(ended));
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, wanted.path());
        request.headers()
                .set(HttpHeaderNames.HOST, wanted.uri().getRawAuthority())
                .set(HttpHeaderNames.USER_AGENT, "plumbline/0.1")
                .set(HttpHeaderNames.ACCEPT, wanted.accept())
                .set(HttpHeaderNames.CONNECTION, "close");
        channel.writeAndFlush(request);
    }

    private static String said(Failure failure) {
        return failure.kind() + (failure.detail().isEmpty() ? "" : " (" + failure.detail() + ")");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            ended.complete(Fetched.failed("the answer is not HTTP"));
            return;
        }
        int status = response.status().code();
        ended.complete(new Fetched(
                status,
                response.content().toString(StandardCharsets.UTF_8),
                response.content().readableBytes(),
                false,
                status == 200 ? "" : "HTTP " + status));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ended.complete(new Fetched(
                0, "", 0, cause instanceof TooLongFrameException, "no whole answer: " + cause.getMessage()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended.complete(Fetched.failed("closed before an answer"));
    }
}
