package dev.plumbline.deploy.campus;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A whole campus on loopback. Every segment sees the same fake Internet through its own faults: dial what
 * {@link CampusSegment#translate} says instead of the address that {@link CampusSegment#resolver} gave.
 *
 * <p>Ports are free ones above 1023, nothing needs a privilege. Whoever starts a campus closes it.
 */
public final class Campus implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int CLOSE_SECONDS = 5;

    private final Internet internet;
    private final Holes holes;
    private final Map<String, CampusSegment> segments = new ConcurrentHashMap<>();

    private Campus(Internet internet, Holes holes) {
        this.internet = internet;
        this.holes = holes;
    }

    /** A campus with Apple's push service, time, captive-portal and other odd hosts, and nothing the caller names. */
    public static Campus start() throws IOException {
        return start(List.of());
    }

    /**
     * @param hosts further names to answer for; a name the campus knows already keeps its addresses and gains the port
     * @throws IOException when this host's loopback cannot play a silent port
     */
    public static Campus start(List<HostEntry> hosts) throws IOException {
        List<InetAddress> loopbacks = loopbacks();
        Zone zone = AppleZone.of(hosts, loopbacks.size() > 1);
        Identities identities = new Identities();
        Holes holes = new Holes(loopbacks);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                THREADS, new DefaultThreadFactory("campus", true), NioIoHandler.newFactory());
        Internet internet = new Internet(
                zone,
                identities,
                new Pages(identities.bag(), identities.revocation()),
                loops,
                new DefaultChannelGroup("campus", GlobalEventExecutor.INSTANCE, true),
                loopbacks);
        return new Campus(internet, holes);
    }

    /** The segment of this name, made with an own resolver and no fault when first asked for. */
    public CampusSegment segment(String name) {
        return segments.computeIfAbsent(name, n -> new CampusSegment(n, internet, holes));
    }

    /** What a client has to trust to find this campus healthy. */
    public Anchors anchors() {
        return internet.identities().anchors();
    }

    /** Ends every connection, listener and thread. */
    @Override
    public void close() {
        internet.connections().close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        try {
            holes.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the campus", e);
        } finally {
            internet.loops()
                    .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static List<InetAddress> loopbacks() {
        List<InetAddress> found = new ArrayList<>(List.of(Block.address("127.0.0.1")));
        InetAddress six = Block.address("::1");
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(six, 0));
            found.add(six);
        } catch (IOException e) {
            // A host without IPv6 plays a campus without it.
            return found;
        }
        return found;
    }
}
