package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Lookup;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks one resolver one question, by UDP and where the answer is truncated by TCP.
 *
 * <p>Never the JDK's or the C library's resolver: those have no deadline, merge errors and cache.
 */
public final class DnsClient {
    private final Connector connector;
    private final Ticker ticker;
    private final Map<InetSocketAddress, TcpTurns> turns = new ConcurrentHashMap<>();

    public DnsClient(Connector connector, Ticker ticker) {
        this.connector = connector;
        this.ticker = ticker;
    }

    /**
     * Always completes normally, on the loop, at the latest when the time-out has passed; a question over TCP may have to wait
     * for its turn, which no time-out and no elapsed time counts.
     *
     * @param timeout for the whole question, re-sends and TCP included
     */
    public CompletableFuture<Lookup> ask(
            EventLoop loop, String name, DnsRecordType type, InetSocketAddress resolver, Duration timeout) {
        return inquire(loop, name, type, resolver, timeout, false).thenApply(DnsHeard::lookup);
    }

    /**
     * The same with what the answer repeats of the question.
     *
     * @param tcpOnly without asking by UDP first
     */
    public CompletableFuture<DnsHeard> inquire(
            EventLoop loop,
            String name,
            DnsRecordType type,
            InetSocketAddress resolver,
            Duration timeout,
            boolean tcpOnly) {
        DnsInquiry inquiry = new DnsInquiry(
                connector,
                ticker,
                loop,
                name,
                type,
                resolver,
                timeout,
                tcpOnly,
                turns.computeIfAbsent(resolver, r -> new TcpTurns()));
        if (loop.inEventLoop()) {
            inquiry.start();
        } else {
            loop.execute(inquiry::start);
        }
        return inquiry.heard();
    }
}
