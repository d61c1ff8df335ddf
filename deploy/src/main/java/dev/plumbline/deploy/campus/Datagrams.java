package dev.plumbline.deploy.campus;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers datagrams of one kind; whatever is no question of that kind gets silence. Shared, since a bootstrap whose first port is
 * taken binds again with the same handler.
 */
@ChannelHandler.Sharable
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    /** One datagram in, at most one out. */
    interface Service {
        Optional<byte[]> answer(byte[] question);

        Service SILENT = question -> Optional.empty();

        static Service of(HostKind kind) {
            return switch (kind) {
                case NTP -> question -> NtpAnswer.of(question, Instant.now());
                case QUIC, HTTP3 -> QuicAnswer::of;
                case COURIER, PROVIDER_API, HTTPS, HTTP, SSH, TCP, ABSENT -> SILENT;
            };
        }
    }

    private final Service service;

    Datagrams(Service service) {
        this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        service.answer(ByteBufUtil.getBytes(packet.content())).ifPresent(answer -> {
            var unused = ctx.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(answer), packet.sender()), ctx.voidPromise());
        });
    }

    /** A sender that went away shows as port unreachable. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
