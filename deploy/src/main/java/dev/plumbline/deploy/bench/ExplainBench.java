package dev.plumbline.deploy.bench;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code deploy/bench-explain}: how much time of the processor the search for the shortest rule takes over the whole catalog at six addresses each, by
 * what somebody wrote; the last lines have no short answer, and several hundred points that no rule put there.
 */
public final class ExplainBench {
    private static final int WARM_UP = 100;
    private static final int RUNS = 100;

    /** Time of the processor: what else runs on the machine is no part of the answer. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Point> points = new ArrayList<>();

    private ExplainBench() {
        for (Target target : Catalog.builtIn().targets()) {
            if (!target.probe().asksNamesOnly() && target.retiredOn().isEmpty()) {
                int place = Math.floorMod(target.host().hashCode(), 1 << 16);
                for (int i = 0; i < 3; i++) {
                    add(target, "17." + (248 + place % 6) + "." + (place >> 8) + "." + (place + 7 * i) % 250);
                    add(target, "2620:149:a" + (40 + place % 6) + "::" + Integer.toHexString(place + i + 1));
                }
            }
        }
    }

    private void add(Target target, String address) {
        points.add(new Point(Set.of(target.serverName()), target.transport(), target.port(), Optional.of(address)));
    }

    public static void main(String[] arguments) {
        ExplainBench bench = new ExplainBench();
        System.out.printf(
                "%-44s %8s %8s %10s %10s %6s%n", "somebody wrote", "targets", "points", "median ms", "p90 ms", "atoms");
        for (String text : List.of(
                "tcp/5223",
                "tcp/443",
                "tcp/443+tcp/80",
                "all",
                "tcp/443@!name:push.apple.com",
                "tcp/443@!name:icloud.com@!name:itunes.apple.com",
                "name:apple.com@!name:push.apple.com",
                "all@17.248.0.0/16+all@17.250.0.0/16",
                "ipv6@!2620:149:a40::/48",
                "tcp/443@17.249.0.0/16+udp/443+tcp/5223@ipv4")) {
            bench.measure(text, Scope.parse(text)::matches);
        }
        bench.measure("(one host in nine)", p -> p.names().hashCode() % 9 == 0);
        bench.measure("(one host in two)", p -> p.names().hashCode() % 2 == 0);
        bench.measure("(one address in two)", p -> p.address().hashCode() % 2 == 0);
    }

    private void measure(String what, Predicate<Point> prevented) {
        List<Point> failures = points.stream().filter(prevented).toList();
        List<Point> passes = points.stream().filter(prevented.negate()).toList();
        long targets = failures.stream()
                .map(p -> p.names() + " " + p.port())
                .distinct()
                .count();
        double[] millis = new double[RUNS];
        int atoms = 0;
        for (int run = -WARM_UP; run < RUNS; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Optional<Scope> scope = Explainer.explain(Speaker.PACKETS, failures, passes, List.of());
            if (run >= 0) {
                millis[run] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
            }
            atoms = scope.map(s -> s.atoms().size()).orElse(0);
        }
        Arrays.sort(millis);
        System.out.printf(
                "%-44s %8d %8d %10.2f %10.2f %6d%n",
                what, targets, failures.size(), millis[RUNS / 2], millis[RUNS * 9 / 10], atoms);
    }
}
