package dev.plumbline.deploy.campus;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Says who it is as an SSH server does (RFC 4253 4.2) and goes no further. */
final class SshHandler extends ChannelInboundHandlerAdapter {
    private static final String BANNER = "SSH-2.0-OpenSSH_9.2\r\n";

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        var unused = ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), BANNER), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
