package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Sha256;
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

/** Asks the TLS echo from where it was asked, after its key was compared: who shows another is told nothing. */
final class TlsQuestion {
    private final Network network;
    private final EventLoop loop;
    private final Sha256 pin;
    private final Duration timeout;
    private final String token = Token.fresh();

    private TlsQuestion(Network network, Sha256 pin, Duration timeout) {
        this.network = network;
        this.loop = network.loops().next();
        this.pin = pin;
        this.timeout = timeout;
    }

    static CompletableFuture<HelperAnswers> ask(
            Network network, InetSocketAddress helper, Sha256 pin, Duration timeout) {
        TlsQuestion question = new TlsQuestion(network, pin, timeout);
        return network.connector()
                .tcp(question.loop, helper, timeout)
                .thenComposeAsync(question::secure, question.loop);
    }

    private CompletableFuture<HelperAnswers> secure(Connection connection) {
        Optional<Channel> channel = connection.channel();
        if (channel.isEmpty()) {
            return CompletableFuture.completedFuture(new HelperAnswers(
                    List.of(new Echo(
                            EchoAsk.TLS,
                            EchoAnswer.NONE,
                            Tried.of(connection, Transport.TCP, List.of(), Optional.empty()),
                            List.of(),
                            Endpoint.NONE)),
                    List.of()));
        }
        return network.handshaker()
                .secure(channel.get(), "", List.of(), timeout)
                .thenCompose(secured -> whence(connection, secured));
    }

    private CompletableFuture<HelperAnswers> whence(Connection connection, Secured secured) {
        Optional<Sha256> key = secured.key();
        if (key.isPresent() && !key.get().equals(pin)) {
            secured.channel().close();
            return heard(connection, secured, EchoAnswer.OTHER_KEY, Optional.empty(), Endpoint.NONE);
        }
        if (!secured.stands()) {
            return heard(connection, secured, EchoAnswer.NONE, Optional.empty(), Endpoint.NONE);
        }
        Reply reply = Reply.on(secured.channel(), network, timeout, bytes -> bytes.length >= Whence.BYTES);
        secured.channel()
                .writeAndFlush(Unpooled.wrappedBuffer(Whence.question(token)))
                .addListener(sent -> {
                    if (sent.cause() != null) {
                        reply.failed(sent.cause());
                    }
                });
        return reply.ended().thenCompose(gathered -> {
            secured.channel().close();
            return answered(connection, secured, gathered);
        });
    }

    private CompletableFuture<HelperAnswers> answered(Connection connection, Secured secured, Reply.Gathered reply) {
        Optional<Endpoint> from = Whence.read(reply.bytes().toArray(), token);
        // A helper of an earlier version sends the question itself back.
        boolean same = from.isPresent() || Arrays.equals(reply.bytes().toArray(), Whence.question(token));
        EchoAnswer answer = same ? EchoAnswer.SAME : reply.failure().isNone() ? EchoAnswer.ALTERED : EchoAnswer.NONE;
        Exchange exchange = Tried.exchange(
                "echo", reply, same ? "the helper answered under its own key" : "the answer is not the helper's");
        return heard(connection, secured, answer, Optional.of(exchange), from.orElse(Endpoint.NONE));
    }

    private static CompletableFuture<HelperAnswers> heard(
            Connection connection, Secured secured, EchoAnswer answer, Optional<Exchange> exchange, Endpoint from) {
        Echo echo = new Echo(
                EchoAsk.TLS,
                answer,
                Tried.of(connection, Transport.TCP, List.of(secured.handshake()), exchange),
                answer == EchoAnswer.ALTERED ? List.of("other bytes came back than were sent") : List.of(),
                from);
        return CompletableFuture.completedFuture(new HelperAnswers(List.of(echo), secured.evidence()));
    }
}
