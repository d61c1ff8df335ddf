package dev.plumbline.deploy.demo;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.config.ConfigException;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.Match;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo of {@code deploy/quickstart --campus}: four segments, two of which break the rule. */
@Command(
        name = "campus-demo",
        mixinStandardHelpOptions = true,
        description = "A collector and four agents on a simulated campus on loopback; two segments break the rule.")
public final class CampusDemo implements Callable<Integer> {
    /** The demo could not do its job. */
    private static final int FAILED = 1;

    private static final int BROKEN = 1;
    private static final int INSUFFICIENT = 3;

    private static final DemoSettings SETTINGS = new DemoSettings(
            List.of(
                    new DemoSegment("server-vlan", "Server VLAN", "server", "mdm-server"),
                    new DemoSegment("student-wifi", "Student Wi-Fi", "wifi", "device"),
                    new DemoSegment("guest", "Guest network", "guest", "device"),
                    new DemoSegment("it-lab", "IT lab", "reference", "device, mdm-server")),
            List.of(
                    "apns",
                    "device-setup",
                    "device-management",
                    "certificate-validation",
                    "app-store",
                    "apple-id",
                    "time",
                    "control"),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3));

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "Empty folder for keys and data.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--plumbline", paramLabel = "FILE", description = "The program to name in the hints.")
    private String program = "plumbline";

    @Option(names = "--ready", paramLabel = "FILE", description = "File to make when the verdict is out.")
    private @Nullable Path ready;

    @Option(names = "--once", description = "End after the verdict.")
    private boolean once;

    @Option(names = "--typed", description = "Read commands from standard input.")
    private boolean typed;

    private final Surroundings around = Surroundings.ofProcess();
    private final PrintWriter out = around.out();

    private CampusDemo() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CampusDemo()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(stop, stopped), "stop"));
        try (DemoSite site = DemoSite.start(folder.toAbsolutePath(), SETTINGS)) {
            if (!show(site)) {
                return FAILED;
            }
            if (ready != null) {
                Files.createFile(ready);
            }
            return once || stay(site, stop) ? 0 : FAILED;
        } catch (ConfigException e) {
            around.err().println(e.getMessage());
            return FAILED;
        } finally {
            stopped.countDown();
        }
    }

    private boolean show(DemoSite site) {
        say(
                "A fake Apple, a collector and four agents run on loopback; nothing leaves this host.",
                "  server-vlan   MDM server   nothing is wrong",
                "  student-wifi  devices      the firewall drops tcp/5223",
                "  guest         devices      the gateway opens TLS on 443",
                "  it-lab        reference    unrestricted, there to compare with",
                "");
        // The first round meets a cold virtual machine, whose own pauses would weaken the evidence of time-outs.
        say("Before the faults:  " + clean(site));
        site.segment("student-wifi").apply(Fault.drop(Match.port(5223)));
        site.segment("guest").apply(Fault.intercept(443));
        say("With the faults, which the agents know nothing of:", "");
        int verdict = site.ask(around, "verify-now", "--wait");
        if (verdict == INSUFFICIENT) {
            say("", "This host was too busy for proof. Once more:", "");
            verdict = site.ask(around, "verify-now", "--wait");
        }
        if (verdict != BROKEN) {
            around.err().println("two segments are broken, but verify-now ended with exit code " + verdict);
            return false;
        }
        say("", "Where each service stands, by segment:", "");
        return site.ask(around, "matrix") == 0;
    }

    private String clean(DemoSite site) {
        Surroundings unheard = new Surroundings(
                new PrintWriter(Writer.nullWriter()),
                around.err(),
                around.environment(),
                around.home(),
                around.terminal(),
                around.clock());
        return switch (site.ask(unheard, "verify-now", "--wait")) {
            case 0 -> "every requirement is met on every segment.";
            case 1 -> "something is broken on this host's own loopback; what follows will show it.";
            default -> "not everything could be proved; this host may be very busy.";
        };
    }

    private boolean stay(DemoSite site, CountDownLatch stop) throws IOException {
        say(
                "",
                "It keeps running until Ctrl-C. In another terminal:",
                "  export PLUMBLINE_CONFIG=" + site.client(),
                "  " + program + " segments",
                "  " + program + " findings",
                "  " + program + " explain student-wifi courier:5223",
                "  " + program + " verify-now --wait",
                "Or in a browser, which does not know this demo's certificate: " + site.page(),
                "  sign in with the token in " + site.token());
        if (typed) {
            readCommands(site);
        } else {
            await(stop);
        }
        return true;
    }

    private void readCommands(DemoSite site) throws IOException {
        TypedCommands commands = new TypedCommands(site, around);
        say("", "Or type here, for example:", "  clear student-wifi", "  fault server-vlan dns nxdomain", "  help", "");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        do {
            out.print("campus> ");
            out.flush();
        } while (commands.run(in.readLine()));
    }

    private static void await(CountDownLatch stop) {
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The virtual machine ends when the hook returns: a demo that waits gets the time to close what it opened. */
    private void drain(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        if (!once && !typed) {
            await(stopped);
        }
    }

    private void say(String... lines) {
        List.of(lines).forEach(out::println);
        out.flush();
    }
}
