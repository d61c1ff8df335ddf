package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One question on its way: every method runs on its loop. */
final class DnsInquiry {
    /** Re-sends use the same id and port, so that an answer to any of them counts. */
    private static final long[] SEND_AT_MILLIS = {0, 1000, 2500};

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Connector connector;
    private final Ticker ticker;
    private final EventLoop loop;
    private final String name;
    private final DnsRecordType type;
    private final InetSocketAddress resolver;
    private final Duration timeout;
    private final boolean tcpOnly;
    private final CompletableFuture<DnsHeard> heard = new CompletableFuture<>();
    private final List<Channel> channels = new ArrayList<>();
    private final int id = RANDOM.nextInt(1 << 16);
    private final Instant startedAt;
    private final long start;

    private int sends;
    private boolean byTcp;
    private String echoedName = "";
    private Transport transport = Transport.UDP;
    private @Nullable String malformed;

    DnsInquiry(
            Connector connector,
            Ticker ticker,
            EventLoop loop,
            String name,
            DnsRecordType type,
            InetSocketAddress resolver,
            Duration timeout,
            boolean tcpOnly) {
        this.connector = connector;
        this.ticker = ticker;
        this.loop = loop;
        this.name = name;
        this.type = type;
        this.resolver = resolver;
        this.timeout = timeout;
        this.tcpOnly = tcpOnly;
        this.startedAt = ticker.instant();
        this.start = ticker.nanos();
    }

    CompletableFuture<DnsHeard> heard() {
        return heard;
    }

    void start() {
        loop.schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (tcpOnly) {
            askByTcp();
            return;
        }
        connector.udp(loop, resolver).thenAccept(connection -> {
            if (connection.channel().isEmpty()) {
                Failure failure = connection.failure();
                finish(failure.kind() == FailureKind.LOCAL ? failure : unreachable(failure.detail()), Optional.empty());
                return;
            }
            Channel udp = adopt(connection.channel().get());
            Tail.addBefore(udp, new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder(), new Ear());
            for (long at : SEND_AT_MILLIS) {
                if (at < timeout.toMillis()) {
                    loop.schedule(() -> sendByUdp(udp), at, TimeUnit.MILLISECONDS);
                }
            }
        });
    }

    private Channel adopt(Channel channel) {
        channels.add(channel);
        if (heard.isDone()) {
            channel.close();
        }
        return channel;
    }

    private void sendByUdp(Channel udp) {
        if (heard.isDone() || byTcp) {
            return;
        }
        sends++;
        InetSocketAddress to = (InetSocketAddress) udp.remoteAddress();
        udp.writeAndFlush(question(new DatagramDnsQuery(null, to, id))).addListener(sent -> {
            if (sent.cause() != null) {
                broken(sent.cause());
            }
        });
    }

    private <Q extends DnsQuery> Q question(Q query) {
        query.setRecursionDesired(true);
        query.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, type));
        return query;
    }

    private void askByTcp() {
        byTcp = true;
        transport = Transport.TCP;
        Duration left = timeout.minus(ticker.since(start));
        connector.tcp(loop, resolver, left).thenAccept(connection -> {
            if (connection.channel().isEmpty()) {
                FailureKind kind = connection.failure().kind();
                finish(noTcp("TCP: " + kind, kind.isSilence()), Optional.empty());
                return;
            }
            Channel tcp = adopt(connection.channel().get());
            Tail.addBefore(tcp, new TcpDnsQueryEncoder(), new TcpDnsResponseDecoder(), new Ear());
            sends++;
            tcp.writeAndFlush(question(new DefaultDnsQuery(id)));
        });
    }

    private void heard(DnsResponse response, boolean overTcp) {
        if (response.id() != id || !DnsReply.answers(response, name, type)) {
            // A forged or stray answer must not end the wait for the right one.
            malformed = "an answer to another question";
            return;
        }
        DnsReply reply;
        try {
            reply = DnsReply.of(response, name, type);
        } catch (RuntimeException e) {
            malformed = String.valueOf(e.getMessage());
            return;
        }
        echoedName = DnsReply.echoed(response);
        if (!reply.truncated()) {
            finish(reply.failure(), Optional.of(reply));
        } else if (overTcp) {
            finish(Failure.of(FailureKind.DNS_TRUNCATED, "truncated over TCP too"), Optional.of(reply));
        } else if (!byTcp) {
            askByTcp();
        }
    }

    private void broken(Throwable cause) {
        if (byTcp) {
            finish(noTcp(String.valueOf(cause.getMessage()), false), Optional.empty());
        } else if (cause instanceof java.io.IOException) {
            finish(FailureClassifier.lookingUp(cause), Optional.empty());
        } else {
            malformed = String.valueOf(cause.getMessage());
        }
    }

    private void closed() {
        if (byTcp) {
            finish(noTcp("TCP: closed without an answer", false), Optional.empty());
        }
    }

    private void expire() {
        if (byTcp) {
            finish(noTcp("TCP: no answer", true), Optional.empty());
        } else if (malformed != null) {
            finish(Failure.of(FailureKind.DNS_MALFORMED, malformed), Optional.empty());
        } else {
            finish(Failure.of(FailureKind.DNS_SILENT), Optional.empty());
        }
    }

    private Failure noTcp(String detail, boolean silent) {
        if (!tcpOnly) {
            return Failure.of(FailureKind.DNS_TRUNCATED, detail);
        }
        return Failure.of(silent ? FailureKind.DNS_SILENT : FailureKind.DNS_UNREACHABLE, detail);
    }

    private static Failure unreachable(String detail) {
        return Failure.of(FailureKind.DNS_UNREACHABLE, detail);
    }

    private void finish(Failure failure, Optional<DnsReply> reply) {
        if (heard.isDone()) {
            return;
        }
        Lookup lookup = new Lookup(
                name,
                type.name(),
                Endpoints.of(resolver),
                transport,
                startedAt,
                ticker.since(start),
                failure,
                reply.map(DnsReply::rcode).orElse(-1),
                byTcp && !tcpOnly,
                reply.map(DnsReply::cnames).orElse(List.of()),
                reply.map(DnsReply::answers).orElse(List.of()),
                sends);
        heard.complete(new DnsHeard(lookup, echoedName));
        channels.forEach(Tail::closeLater);
    }

    /** Hears answers, errors and the end of one of the two sockets. */
    private final class Ear extends SimpleChannelInboundHandler<DnsResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
            heard(response, !(response instanceof io.netty.handler.codec.dns.DatagramDnsResponse));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed();
        }
    }
}
