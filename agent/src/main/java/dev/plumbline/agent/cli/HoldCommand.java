package dev.plumbline.agent.cli;

import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.hold.HoldTarget;
import dev.plumbline.agent.hold.HoldTimes;
import dev.plumbline.agent.hold.QuietConnection;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TargetId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline-agent hold}: leaves connections quiet, for a person who watches what becomes of them. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Leaves connections quiet for a while, then writes to each once and prints how it ended.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Some connection was held to its end",
            "2:Wrong usage",
            "3:None was held",
            "70:An internal error"
        })
public final class HoldCommand implements Callable<Integer> {
    private static final int NOTHING_HELD = 3;
    private static final long REDRAW_MILLIS = 500;
    private static final Pattern COURIER =
            Pattern.compile("(?:[0-9]{1,3}-)?(courier(?:\\.sandbox)?\\.push\\.apple\\.com)");

    @Parameters(
            paramLabel = "HOST",
            arity = "0..*",
            defaultValue = "1-courier.push.apple.com",
            description = "names or addresses; a courier is spoken to as a device does (default: ${DEFAULT-VALUE})")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description =
                    "the longest quiet; shorter ones of 1, 5, 15 and 30 minutes are held beside it (default: 30m)")
    private Optional<String> longest = Optional.empty();

    @Option(
            names = "--port",
            split = ",",
            paramLabel = "PORT",
            defaultValue = "5223,443",
            description = "ports to hold (default: ${DEFAULT-VALUE})")
    private List<Integer> ports = new ArrayList<>();

    @Option(
            names = "--age",
            split = ",",
            paramLabel = "TIME",
            description = "the ages to write at, such as 25s; instead of those that --for chooses")
    private List<String> ages = new ArrayList<>();

    @Option(names = "--json", description = "print one JSON object at the end")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<HoldTarget> targets = hosts.stream()
                .flatMap(host -> ports.stream().map(port -> target(host, port)))
                .toList();
        List<Duration> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stop, told), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Network network = Network.ofHost()) {
            List<QuietConnection> held = begin(network, targets, chosen);
            HoldView view = HoldView.of(held, out, json, !json && Terminal.isWatched());
            watch(held, view, stop);
            view.end();
            out.flush();
            return held.stream().anyMatch(one -> one.ended().join().hold().isPresent()) ? 0 : NOTHING_HELD;
        } finally {
            told.countDown();
            forget(hook);
        }
    }

    private static List<QuietConnection> begin(Network network, List<HoldTarget> targets, List<Duration> ages) {
        List<QuietConnection> held = new ArrayList<>();
        for (HoldTarget target : targets) {
            for (Duration age : ages) {
                held.add(QuietConnection.begin(network, target, age, HoldTimes.STANDARD));
            }
        }
        return held;
    }

    private static void watch(List<QuietConnection> held, HoldView view, CompletableFuture<Void> stop) {
        CompletableFuture<Void> all = CompletableFuture.allOf(
                held.stream().map(QuietConnection::ended).toArray(CompletableFuture[]::new));
        stop.thenRun(() -> held.forEach(QuietConnection::giveUp));
        while (!all.isDone()) {
            view.show();
            CompletableFuture.anyOf(
                            all,
                            new CompletableFuture<Void>().completeOnTimeout(null, REDRAW_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
        all.join();
        view.show();
    }

    /** Ctrl-C ends the virtual machine when the hook returns: it waits until what there is has been printed. */
    private static void stop(CompletableFuture<Void> stop, CountDownLatch told) {
        stop.complete(null);
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine ends already, by way of the hook.
            return;
        }
    }

    private HoldTarget target(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        var courier = COURIER.matcher(name);
        boolean isCourier = courier.matches();
        boolean literal = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        try {
            return new HoldTarget(
                    new TargetId("hold:" + port),
                    HoldPeer.COURIER,
                    name,
                    port,
                    isCourier ? courier.group(1) : literal ? "" : name,
                    isCourier ? List.of("apns-security-v3") : List.of(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw usage("--port " + e.getMessage());
        }
    }

    private List<Duration> chosen() {
        Duration most = longest.map(text -> age("--for", text)).orElse(Duration.ofMinutes(30));
        if (ages.isEmpty()) {
            List<Duration> chosen = new ArrayList<>(HoldSettings.STANDARD.ages());
            chosen.removeIf(age -> age.compareTo(most) >= 0);
            chosen.add(most);
            return chosen;
        }
        List<Duration> chosen = ages.stream()
                .map(text -> age("--age", text))
                .sorted()
                .distinct()
                .toList();
        if (longest.isPresent() && chosen.get(chosen.size() - 1).compareTo(most) > 0) {
            throw usage("--age: one is longer than --for allows; give it alone, or raise --for");
        }
        return chosen;
    }

    private Duration age(String option, String text) {
        try {
            return HoldSettings.age(text);
        } catch (IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
