package dev.plumbline.deploy.campus;

import dev.plumbline.words.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Locale;

/** Answers each request, of either HTTP version, with the page of a site. */
final class WebHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** What a request says, free of Netty. */
    record Visit(String host, String method, String path, String query, boolean authorized, Bytes body) {}

    /** A web site as a function. */
    interface Site {
        Page visit(Visit visit);
    }

    private final Site site;

    WebHandler(Site site) {
        this.site = site;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        Page page = site.visit(new Visit(
                host(request),
                request.method().name(),
                uri.path(),
                uri.rawQuery(),
                request.headers().contains(HttpHeaderNames.AUTHORIZATION),
                Bytes.of(ByteBufUtil.getBytes(request.content()))));
        var unused = ctx.writeAndFlush(response(page), ctx.voidPromise());
    }

    private static String host(FullHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private static FullHttpResponse response(Page page) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(page.status()),
                Unpooled.wrappedBuffer(page.body().toArray()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, page.contentType());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, page.body().size());
        page.headers().forEach((name, value) -> response.headers().set(name, value));
        return response;
    }

    /** A client that breaks off, or speaks no HTTP, is no event here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
