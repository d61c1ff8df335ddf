package dev.plumbline.agent.cli;

import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.net.PathWalk;
import dev.plumbline.agent.net.PortPath;
import dev.plumbline.agent.probe.Resolution;
import dev.plumbline.agent.probe.Resolved;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent path}: who answers at which hop for a port, beside others of the same address. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description = "Draws who answers at which hop for a port, beside another port of the same address and port 80.",
        footer = {"", "At most 120 short connections, no privilege; the addresses of routers cannot be seen that way."},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Drawn",
            "1:Nothing to draw: no address, or a platform without epoll",
            "2:Wrong usage",
            "70:An internal error"
        })
public final class PathCommand implements Callable<Integer> {
    private static final int NOTHING_TO_DRAW = 1;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int COURIER = 5223;
    private static final Duration RESOLVING = Duration.ofSeconds(4);

    @Parameters(index = "0", paramLabel = "HOST", description = "a name, or an address")
    private String host = "";

    @Parameters(index = "1", paramLabel = "PORT", description = "from 1 to 65535")
    private int port;

    @Option(
            names = {"-4", "--4"},
            description = "over IPv4 (standard where the name has an IPv4 address)")
    private boolean four;

    @Option(
            names = {"-6", "--6"},
            description = "over IPv6")
    private boolean six;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (port < 1 || port > 65535) {
            throw new ParameterException(spec.commandLine(), "port " + port + " is not between 1 and 65535");
        }
        if (four && six) {
            throw new ParameterException(spec.commandLine(), "--4 and --6 exclude each other: give one of them");
        }
        try (Network network = Network.ofHost()) {
            return draw(network);
        }
    }

    private int draw(Network network) {
        PrintWriter err = spec.commandLine().getErr();
        if (!network.loops().isEpoll()) {
            err.println("No path can be drawn here: it takes Linux socket options, and this is "
                    + network.loops().transport() + ".");
            return NOTHING_TO_DRAW;
        }
        ProgressLine progress = new ProgressLine(err, !json && Terminal.isWatched());
        progress.say("resolving " + host);
        Resolved resolved = new Resolution(network, RESOLVING).addresses(host).join();
        Optional<InetAddress> address = resolved.addresses().stream()
                .filter(one -> one instanceof Inet4Address ? !six : !four)
                .findFirst();
        if (address.isEmpty()) {
            progress.clear();
            err.println(host + " has no " + (four ? "IPv4 " : six ? "IPv6 " : "") + "address here.");
            return NOTHING_TO_DRAW;
        }
        PathWalk walk = new PathWalk(network, address.get(), ports(port), progress::say);
        List<PortPath> paths = walk.walk().join();
        progress.clear();
        PrintWriter out = spec.commandLine().getOut();
        String text = Endpoints.text(address.get());
        if (json) {
            PathJson.write(host, text, paths, walk.connects(), out);
        } else {
            PathTable.write(host, text, paths, out);
        }
        out.flush();
        return 0;
    }

    /** The port, the one that Apple's hosts are likeliest to serve beside it, and plain HTTP. */
    static List<Integer> ports(int port) {
        Set<Integer> ports = new LinkedHashSet<>();
        ports.add(port);
        ports.add(port == HTTPS ? COURIER : HTTPS);
        ports.add(HTTP);
        return List.copyOf(ports);
    }
}
