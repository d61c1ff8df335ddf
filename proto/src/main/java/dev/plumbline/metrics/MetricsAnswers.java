package dev.plumbline.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the questions of one connection, one after the other. The page is made on another thread than the network's. */
final class MetricsAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsAnswers.class);

    /** Longer than any usual interval of a monitoring system, which keeps its connection. */
    private static final long CYCLE_SECONDS = 150;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Exposition exposition;
    private final Optional<ScrapeToken> token;
    private final Executor writer;
    private @Nullable Future<?> deadline;

    MetricsAnswers(Exposition exposition, Optional<ScrapeToken> token, Executor writer) {
        this.exposition = exposition;
        this.token = token;
        this.writer = writer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin(context);
        context.fireChannelActive();
    }

    /** From the end of one answer to that of the next: a peer that sends or reads a byte now and then comes to its end as well. */
    private void begin(ChannelHandlerContext context) {
        stop();
        deadline = context.executor().schedule(() -> context.close(), CYCLE_SECONDS, TimeUnit.SECONDS);
    }

    private void stop() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean isKept =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        Optional<FullHttpResponse> refusal = refusal(context, request);
        if (refusal.isPresent()) {
            send(context, refusal.get(), isKept);
            return;
        }
        String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        // Nothing more is read until this is answered.
        context.channel().config().setAutoRead(false);
        try {
            writer.execute(() -> {
                FullHttpResponse answer = page(accept);
                context.executor().execute(() -> send(context, answer, isKept));
            });
        } catch (RejectedExecutionException e) {
            context.close(); // the program ends
        }
    }

    private Optional<FullHttpResponse> refusal(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(said(HttpResponseStatus.BAD_REQUEST, ""));
        }
        if (token.isPresent()) {
            // Before all else: whoever is not known hears nothing of what there is.
            if (!token.get().isShownIn(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))) {
                FullHttpResponse unknown = said(HttpResponseStatus.UNAUTHORIZED, "");
                unknown.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
                return Optional.of(unknown);
            }
        } else if (!isByAddress(request.headers().get(HttpHeaderNames.HOST, ""))) {
            return Optional.of(said(
                    HttpResponseStatus.MISDIRECTED_REQUEST,
                    "ask for " + address(context) + ": a name that leads here may be that of somebody else's page"));
        }
        if (!path(request.uri()).equals("/metrics")) {
            return Optional.of(said(HttpResponseStatus.NOT_FOUND, "here is /metrics and nothing else"));
        }
        if (!request.method().equals(HttpMethod.GET)) {
            FullHttpResponse other = said(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
            other.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
            return Optional.of(other);
        }
        return Optional.empty();
    }

    /** A browser that was led here by a name (DNS rebinding) would read what is meant for this host alone. */
    private static boolean isByAddress(String host) {
        String name = host.replaceAll(":\\d*$", "").replaceAll("^\\[|\\]$", "");
        return name.equals("localhost") || NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    }

    private static String address(ChannelHandlerContext context) {
        return context.channel().localAddress() instanceof InetSocketAddress local
                ? NetUtil.toSocketAddressString(local)
                : "the address";
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private FullHttpResponse page(String accept) {
        try {
            Exposition.Page page = exposition.page(accept);
            return answer(HttpResponseStatus.OK, page.contentType(), Unpooled.wrappedBuffer(page.body()));
        } catch (RuntimeException e) {
            LOG.error("the page of metrics could not be made", e);
            return said(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the metrics could not be told; the log says why");
        }
    }

    private static FullHttpResponse said(HttpResponseStatus status, String sentence) {
        String body = sentence.isEmpty() ? "" : sentence + "\n";
        return answer(status, TEXT, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("x-content-type-options", "nosniff");
        return answer;
    }

    private void send(ChannelHandlerContext context, FullHttpResponse answer, boolean isKept) {
        HttpUtil.setKeepAlive(answer, isKept);
        context.writeAndFlush(answer).addListener((ChannelFutureListener) sent -> {
            if (!isKept || !sent.isSuccess()) {
                sent.channel().close();
            } else {
                begin(context);
                sent.channel().config().setAutoRead(true);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Whatever a peer sends: nothing of it is worth a line.
        LOG.debug("a connection to the metrics ends", cause);
        context.close();
    }
}
