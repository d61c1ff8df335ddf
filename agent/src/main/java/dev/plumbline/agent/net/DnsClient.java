package dev.plumbline.agent.net;

import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.Lookup;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one resolver one question, by UDP and where the answer is truncated by TCP.
 *
 * <p>Never the JDK's or the C library's resolver: those have no deadline, merge errors and cache.
 */
public final class DnsClient {
    private final Connector connector;
    private final Ticker ticker;

    public DnsClient(Connector connector, Ticker ticker) {
        this.connector = connector;
        this.ticker = ticker;
    }

    /**
     * Always completes normally, on the loop, at the latest when the time-out has passed.
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
        DnsInquiry inquiry = new DnsInquiry(connector, ticker, loop, name, type, resolver, timeout, tcpOnly);
        if (loop.inEventLoop()) {
            inquiry.start();
        } else {
            loop.execute(inquiry::start);
        }
        return inquiry.heard();
    }
}
