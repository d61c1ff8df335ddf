package dev.plumbline.deploy.campus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * Says who it is as an SSH server does (RFC 4253 4.2), which algorithms it offers once the client has said who it is (7.1),
 * and goes no further.
 */
final class SshHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final String BANNER = "SSH-2.0-OpenSSH_9.2\r\n";
    private static final byte KEXINIT = 20;
    private static final int COOKIE = 16;

    /** Every packet is a multiple of this long, its length field included. */
    private static final int BLOCK = 8;

    private static final int LEAST_PADDING = 4;

    /** Key exchange, host key, then ciphers, codes, compressions and languages, each for both directions. */
    private static final List<String> ALGORITHMS = List.of(
            "curve25519-sha256,ecdh-sha2-nistp256",
            "rsa-sha2-512,rsa-sha2-256,ssh-ed25519",
            "aes128-gcm@openssh.com,aes128-ctr",
            "aes128-gcm@openssh.com,aes128-ctr",
            "hmac-sha2-256",
            "hmac-sha2-256",
            "none",
            "none",
            "",
            "");

    private static final SecureRandom RANDOM = new SecureRandom();

    private boolean greeted;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        var unused = ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), BANNER), ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf said) {
        if (!greeted && said.indexOf(said.readerIndex(), said.writerIndex(), (byte) '\n') >= 0) {
            greeted = true;
            var unused = ctx.writeAndFlush(algorithms(ctx), ctx.voidPromise());
        }
    }

    private static ByteBuf algorithms(ChannelHandlerContext ctx) {
        byte[] cookie = new byte[COOKIE];
        RANDOM.nextBytes(cookie);
        ByteBuf packet = ctx.alloc().buffer();
        packet.writeInt(0).writeByte(0).writeByte(KEXINIT).writeBytes(cookie);
        for (String list : ALGORITHMS) {
            packet.writeInt(list.length());
            packet.writeCharSequence(list, StandardCharsets.US_ASCII);
        }
        packet.writeBoolean(false).writeInt(0);
        int padding = LEAST_PADDING + Math.floorMod(-(packet.writerIndex() + LEAST_PADDING), BLOCK);
        packet.writeZero(padding);
        return packet.setInt(0, packet.writerIndex() - Integer.BYTES).setByte(4, padding);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
