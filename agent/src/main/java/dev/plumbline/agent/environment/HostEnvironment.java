package dev.plumbline.agent.environment;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.Routes;
import dev.plumbline.words.Environment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the agent's own host: where it leaves from, whom it asks for names, whether it is fit to accuse anybody. */
public final class HostEnvironment {
    /** Two of Apple's own addresses: choosing a route to them sends nothing. */
    private static final byte[] SOMEWHERE_V4 = {17, 57, (byte) 144, 10};

    private static final byte[] SOMEWHERE_V6 = {0x26, 0x20, 0x01, 0x49, 0x0a, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10};

    private static final long MIN_FREE_HANDLES = 128;

    private HostEnvironment() {}

    /**
     * @param worstLag the worst delay of the agent's own event loops during the round
     * @param stageTimeout a lag of half of it makes time-outs meaningless
     */
    public static Environment read(Network network, Duration worstLag, Duration stageTimeout) {
        return new Environment(
                version(),
                platform() + ", " + network.loops().transport(),
                network.handshaker().engine(),
                sources(network),
                network.resolvers().stream()
                        .map(resolver -> Endpoints.of(resolver).toString())
                        .toList(),
                unfitReason(worstLag, stageTimeout.dividedBy(2), freeHandles()));
    }

    /** Where probes leave from: what they are bound to, else what the kernel chooses on the way to Apple. */
    static List<String> sources(Network network) {
        if (!network.sources().isEmpty()) {
            return network.sources().stream().map(Endpoints::text).toList();
        }
        List<String> sources = new ArrayList<>();
        source(SOMEWHERE_V4).ifPresent(sources::add);
        source(SOMEWHERE_V6).ifPresent(sources::add);
        return sources;
    }

    /** A sentence when the host is too sick for its time-outs to mean anything, else empty. */
    static String unfitReason(Duration worstLag, Duration maxLag, long freeHandles) {
        if (worstLag.compareTo(maxLag) > 0) {
            return "the agent's own event loop was " + worstLag.toMillis() + " ms late, more than " + maxLag.toMillis()
                    + " ms: this host is too busy";
        }
        if (freeHandles < MIN_FREE_HANDLES) {
            return "only " + freeHandles + " file handles are free on this host, fewer than " + MIN_FREE_HANDLES;
        }
        return "";
    }

    private static Optional<String> source(byte[] somewhere) {
        try {
            return Routes.sourceTo(new InetSocketAddress(InetAddress.getByAddress(somewhere), 443))
                    .map(local -> Endpoints.of(local).address())
                    .filter(address -> !address.isEmpty());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + somewhere.length + " bytes", e);
        }
    }

    private static long freeHandles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
        }
        return Long.MAX_VALUE;
    }

    private static String version() {
        String version = HostEnvironment.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }
}
