package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Connection;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends one request to the HTTP echo and compares what it received. */
final class HttpQuestion {
    private static final String SEEN_FROM = HttpEcho.SEEN_FROM.toLowerCase(Locale.ROOT);
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([0-9a-f:.]+)]|([0-9.]+)):([0-9]{1,5})");

    /** What the helper's own answer has; anything more was put in on the way. */
    private static final Set<String> OWN = Set.of(
            "content-type", "content-length", "cache-control", "x-content-type-options", "connection", SEEN_FROM);

    private final EchoAsk ask;
    private final InetSocketAddress helper;
    private final byte[] request;

    private HttpQuestion(EchoAsk ask, InetSocketAddress helper, String request) {
        this.ask = ask;
        this.helper = helper;
        this.request = request.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A request that every server understands, in a hand that no proxy writes. */
    static HttpQuestion oddFields(InetSocketAddress helper) {
        return new HttpQuestion(
                EchoAsk.HTTP_FIELDS,
                helper,
                "GET /" + Token.fresh() + " HTTP/1.1\r\nhOsT: " + NetUtil.toSocketAddressString(helper)
                        + "\r\nuSeR-aGeNt: plumbline/0.1\r\nX-pLuMbLiNe: one\r\nx-PlUmBlInE:  two\r\naCcEpT: */*\r\n"
                        + "cOnNeCtIoN: close\r\n\r\n");
    }

    /** Neither method nor target nor version of HTTP (RFC 9112 3): who speaks HTTP refuses it. */
    static HttpQuestion garbage(InetSocketAddress helper) {
        return new HttpQuestion(
                EchoAsk.HTTP_GARBAGE, helper, "pLuMbLiNe/" + Token.fresh() + " iS nOt hTtP at all\r\n\r\n");
    }

    CompletableFuture<HelperAnswers> ask(Network network, Duration timeout) {
        EventLoop loop = network.loops().next();
        return network.connector()
                .tcp(loop, helper, timeout)
                .thenComposeAsync(
                        connection -> connection
                                .channel()
                                .map(channel ->
                                        send(network, timeout, channel).thenApply(reply -> read(connection, reply)))
                                .orElseGet(() -> CompletableFuture.completedFuture(heard(
                                        connection, EchoAnswer.NONE, Optional.empty(), List.of(), Endpoint.NONE))),
                        loop);
    }

    private CompletableFuture<Reply.Gathered> send(Network network, Duration timeout, Channel channel) {
        Reply reply = Reply.on(
                channel,
                network,
                timeout,
                bytes ->
                        HttpReply.parse(Bytes.of(bytes)).map(HttpReply::isWhole).orElse(false));
        channel.writeAndFlush(Unpooled.wrappedBuffer(request)).addListener(sent -> {
            if (sent.cause() != null) {
                reply.failed(sent.cause());
            }
        });
        return reply.ended().whenComplete((gathered, none) -> channel.close());
    }

    HelperAnswers read(Connection connection, Reply.Gathered gathered) {
        Optional<HttpReply> parsed = HttpReply.parse(gathered.bytes());
        if (parsed.isEmpty()) {
            return gathered.bytes().size() == 0 ? unanswered(connection, gathered) : noHttp(connection, gathered);
        }
        HttpReply reply = parsed.get();
        boolean ended = reply.length() < 0 && gathered.failure().kind() == FailureKind.EXCHANGE_CLOSED;
        Reply.Gathered whole =
                ended ? new Reply.Gathered(gathered.bytes(), Failure.none(), gathered.elapsed()) : gathered;
        String from = reply.headers().getOrDefault(SEEN_FROM, "");
        if (from.isEmpty() || reply.status() != 200) {
            return stranger(connection, whole, reply);
        }
        if (!whole.failure().isNone()) {
            return unanswered(connection, whole);
        }
        List<String> changes = changes(reply);
        String summary = changes.isEmpty() ? "the request came back as it left" : "the request arrived changed";
        return heard(
                connection,
                changes.isEmpty() ? EchoAnswer.SAME : EchoAnswer.ALTERED,
                Optional.of(exchange(whole, reply, summary)),
                changes,
                endpoint(from));
    }

    private List<String> changes(HttpReply reply) {
        List<String> changes =
                new ArrayList<>(HttpChanges.between(request, reply.body().toArray()));
        reply.headers().forEach((name, value) -> {
            if (!OWN.contains(name)) {
                changes.add("added to the answer: " + name + ": " + value.replaceAll("[^ -~]", "?"));
            }
        });
        return changes;
    }

    private HelperAnswers stranger(Connection connection, Reply.Gathered gathered, HttpReply reply) {
        String server = reply.headers().getOrDefault("server", reply.headers().getOrDefault("via", ""));
        String summary = "somebody else answered with status " + reply.status()
                + (server.isEmpty() ? "" : " and calls itself " + server.replaceAll("[^ -~]", "?"));
        return heard(
                connection,
                EchoAnswer.STRANGER,
                Optional.of(exchange(gathered, reply, summary)),
                List.of(),
                Endpoint.NONE);
    }

    private HelperAnswers noHttp(Connection connection, Reply.Gathered gathered) {
        Reply.Gathered malformed = new Reply.Gathered(
                gathered.bytes(), Failure.of(FailureKind.EXCHANGE_MALFORMED, "no HTTP"), gathered.elapsed());
        return heard(
                connection,
                EchoAnswer.STRANGER,
                Optional.of(Tried.exchange("HTTP/1.1", malformed, "somebody else answered, and not in HTTP")),
                List.of(),
                Endpoint.NONE);
    }

    private HelperAnswers unanswered(Connection connection, Reply.Gathered gathered) {
        return heard(
                connection,
                EchoAnswer.NONE,
                Optional.of(Tried.exchange("HTTP/1.1", gathered, "no answer")),
                List.of(),
                Endpoint.NONE);
    }

    private static Exchange exchange(Reply.Gathered gathered, HttpReply reply, String summary) {
        return Tried.exchange("HTTP/1.1", gathered, reply.status(), Map.copyOf(reply.headers()), reply.body(), summary);
    }

    private HelperAnswers heard(
            Connection connection,
            EchoAnswer answer,
            Optional<Exchange> exchange,
            List<String> changes,
            Endpoint from) {
        return new HelperAnswers(
                List.of(new Echo(ask, answer, Tried.of(connection, Transport.TCP, List.of(), exchange), changes, from)),
                List.of());
    }

    /** A box may have written the field anew, too: what is no endpoint is none. */
    private static Endpoint endpoint(String text) {
        Matcher form = ENDPOINT.matcher(text);
        return form.matches()
                ? Endpoints.told(form.group(1) == null ? form.group(2) : form.group(1), form.group(3))
                        .orElse(Endpoint.NONE)
                : Endpoint.NONE;
    }
}
