package dev.plumbline.agent.stream;

import dev.plumbline.agent.net.Handshaker;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.Progress;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream to the collector, for ever: tries its addresses as {@link Turns} says, sends again what was not acknowledged,
 * in the spool's order whatever address it goes to. One thread of its own, because resolving a name may block; names are resolved anew each time.
 */
public final class CollectorStream implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MESSAGE_BYTES = 16 << 20;
    private static final long GOODBYE_SECONDS = 3;

    /** A stream that held for so long ends the row of failures: two agents of one identity must not chase each other. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CollectorStream.class);

    private final Turns turns;
    private final Credentials credentials;
    private final SqliteSpool spool;
    private final PlanFile planFile;
    private final Orders orders;
    private final Clock clock;
    private final String version;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::connectForEver, "stream");
    private final Map<CollectorAddress, String> said = new ConcurrentHashMap<>();
    private volatile @Nullable Session session;
    private volatile String state = "";
    private final LongAdder failed = new LongAdder();
    private final LongAdder welcomed = new LongAdder();
    // Of the stream's thread, once it runs.
    private TlsMaterial own;
    private SslContext tls;

    public CollectorStream(
            List<CollectorAddress> addresses,
            Credentials credentials,
            SqliteSpool spool,
            PlanFile planFile,
            Orders orders,
            Clock clock,
            String version) {
        this.turns = new Turns(addresses, System.nanoTime());
        this.credentials = credentials;
        this.own = credentials.current();
        this.tls = tls(own, Handshaker.bestProvider());
        this.spool = spool;
        this.planFile = planFile;
        this.orders = orders;
        this.clock = clock;
        this.version = version;
    }

    /** Begins; never fails: a collector that cannot be reached is tried again. */
    public void start() {
        spool.listen(this::pump);
        thread.start();
    }

    /** True while the collector has said welcome. */
    public boolean isConnected() {
        Session now = session;
        return now != null && now.isWelcome() && !now.ended().isDone();
    }

    /** How the connection stands, in words. */
    public String state() {
        return state;
    }

    /**
     * The connection now, and those since the start.
     *
     * @param unacknowledged batches on the way
     * @param isPaused the collector asked for it
     * @param failed tries that ended without a welcome
     */
    public record Seen(boolean isConnected, boolean isPaused, int unacknowledged, long welcomed, long failed) {}

    public Seen seen() {
        Session now = session;
        return new Seen(
                isConnected(),
                now != null && now.isPaused(),
                now == null ? 0 : now.unacknowledged(),
                welcomed.sum(),
                failed.sum());
    }

    /** Tells whoever waits for a demanded round how far it is; lost when there is no connection. */
    public void progress(String demand, int done, int total) {
        Session now = session;
        if (now != null) {
            now.progress(Progress.newBuilder()
                    .setDemandId(demand)
                    .setDone(done)
                    .setTotal(total)
                    .build());
        }
    }

    /** Asks for the collector's clock when there is a connection; the answer is an order. */
    public void askClock() {
        Session now = session;
        if (now != null) {
            now.askClock();
        }
    }

    private void pump() {
        Session now = session;
        if (now != null) {
            now.pump();
        }
    }

    private void connectForEver() {
        while (!isClosing()) {
            Turns.Turn turn = turns.next(System.nanoTime());
            pause(turn.pause());
            if (isClosing()) {
                return;
            }
            CollectorAddress address = turn.address();
            long began = System.nanoTime();
            End end = connect(address);
            if (isClosing()) {
                return;
            }
            settle(address, end, System.nanoTime() - began);
        }
    }

    private void settle(CollectorAddress address, End end, long stoodNanos) {
        if (!end.wasWelcome()) {
            failed.increment();
        }
        long now = System.nanoTime();
        double random = ThreadLocalRandom.current().nextDouble();
        if (end.isGoodbye()) {
            turns.left(address, now, random);
            say(address, "collector " + address + " is going away; measuring and connecting again");
            return;
        }
        if (end.wasWelcome() && stoodNanos > STEADY.toNanos()) {
            turns.lost(address, now, random);
        } else {
            turns.failed(address, now, random);
        }
        say(
                address,
                "no connection to collector " + address + ": " + reason(end.status()) + "; measuring and trying on");
    }

    /**
     * @param isGoodbye whether the collector said that it goes away
     * @param wasWelcome whether it ever said welcome
     */
    private record End(Status status, boolean isGoodbye, boolean wasWelcome) {
        static End of(Status status) {
            return new End(status, false, false);
        }
    }

    private End connect(CollectorAddress address) {
        // Looked up here and not by the channel, which would keep an old answer.
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            return End.of(
                    Status.UNAVAILABLE.withDescription("the name does not resolve; give the collector by address"));
        }
        takeCredentials();
        ManagedChannel channel = channel(resolved);
        try {
            Session next = new Session(spool, own.identity(), planFile, orders, clock, () -> welcomed(address));
            AgentGatewayGrpc.newStub(channel).connect(next);
            next.hello(version);
            session = next;
            Status status = await(next, channel);
            return new End(status, next.isGoodbye(), next.isWelcome());
        } finally {
            session = null;
            end(channel);
        }
    }

    private void takeCredentials() {
        TlsMaterial now = credentials.current();
        if (!now.equals(own)) {
            own = now;
            tls = tls(now, Handshaker.bestProvider());
        }
    }

    private void welcomed(CollectorAddress address) {
        welcomed.increment();
        say(address, "connected to collector " + address);
    }

    private Status await(Session current, ManagedChannel channel) {
        CompletableFuture<Status> ended = current.ended();
        while (true) {
            try {
                return ended.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (isClosing()) {
                    return goodbye(current);
                }
                if (current.isWelcome()) {
                    credentials.tend(channel);
                    current.goOn();
                }
            } catch (ExecutionException | InterruptedException e) {
                return Status.CANCELLED;
            }
        }
    }

    private static Status goodbye(Session current) {
        current.finish();
        try {
            return current.ended().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            return Status.CANCELLED;
        }
    }

    private ManagedChannel channel(InetSocketAddress address) {
        return NettyChannelBuilder.forAddress(address)
                .overrideAuthority("collector.plumbline.invalid")
                .sslContext(tls)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .directExecutor()
                .maxInboundMessageSize(MESSAGE_BYTES)
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build();
    }

    private static void end(ManagedChannel channel) {
        channel.shutdownNow();
        try {
            channel.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static SslContext tls(TlsMaterial own, SslProvider provider) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forClient(), provider)
                    .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                    .trustManager(PeerTrust.collectorOf(own))
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the platform has no TLS 1.3", e);
        }
    }

    /** One line for each change at an address, not for each try. */
    private void say(CollectorAddress address, String sentence) {
        state = sentence;
        if (!sentence.equals(said.put(address, sentence))) {
            LOG.info("{}", sentence);
        }
    }

    private static String reason(Status status) {
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String description = status.getDescription();
        String text = description == null ? status.getCode().toString() : description;
        return cause == null ? text : text + " (" + cause.getMessage() + ")";
    }

    private void pause(Duration wait) {
        try {
            if (closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Lets what was sent become durable, at most three seconds, then ends. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(GOODBYE_SECONDS + 4));
            }
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
