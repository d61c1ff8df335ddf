package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Tail;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the UDP echo from where it was asked, three times within the time unless it answers: loss is no silence. */
final class UdpQuestion {
    private static final int[] AT_EIGHTHS = {0, 2, 5};

    private UdpQuestion() {}

    static CompletableFuture<HelperAnswers> ask(Network network, InetSocketAddress helper, Duration timeout) {
        EventLoop loop = network.loops().next();
        return network.connector()
                .udp(loop, helper)
                .thenComposeAsync(
                        connection -> connection
                                .channel()
                                .map(channel -> ask(network, timeout, connection, channel))
                                .orElseGet(() -> CompletableFuture.completedFuture(
                                        heard(connection, EchoAnswer.NONE, Optional.empty(), Endpoint.NONE))),
                        loop);
    }

    private static CompletableFuture<HelperAnswers> ask(
            Network network, Duration timeout, Connection connection, Channel channel) {
        String token = Token.fresh();
        byte[] question = Whence.question(token);
        Reply reply = Reply.on(
                channel,
                network,
                timeout,
                bytes -> Whence.read(bytes, token).isPresent() || Arrays.equals(bytes, question));
        for (int eighths : AT_EIGHTHS) {
            channel.eventLoop()
                    .schedule(
                            () -> send(channel, reply, question),
                            timeout.toNanos() * eighths / 8,
                            TimeUnit.NANOSECONDS);
        }
        return reply.ended().thenApply(gathered -> {
            Tail.closeLater(channel);
            EchoAnswer answer = gathered.failure().isNone() ? EchoAnswer.SAME : EchoAnswer.NONE;
            Exchange exchange = Tried.exchange(
                    "udp", gathered, answer == EchoAnswer.SAME ? "the datagram came back" : "no datagram came back");
            return heard(
                    connection,
                    answer,
                    Optional.of(exchange),
                    Whence.read(gathered.bytes().toArray(), token).orElse(Endpoint.NONE));
        });
    }

    private static void send(Channel channel, Reply reply, byte[] question) {
        if (!reply.isEnded()) {
            channel.writeAndFlush(Unpooled.copiedBuffer(question)).addListener(sent -> {
                if (sent.cause() != null) {
                    reply.failed(sent.cause());
                }
            });
        }
    }

    private static HelperAnswers heard(
            Connection connection, EchoAnswer answer, Optional<Exchange> exchange, Endpoint from) {
        return new HelperAnswers(
                List.of(new Echo(
                        EchoAsk.UDP,
                        answer,
                        Tried.of(connection, Transport.UDP, List.of(), exchange),
                        List.of(),
                        from)),
                List.of());
    }
}
