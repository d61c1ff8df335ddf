package dev.plumbline.deploy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** One discipline: who takes part takes turns, and the medians are compared with the first one's. */
final class Race {
    private final String discipline;
    private final List<Runner> runners = new ArrayList<>();

    Race(String discipline) {
        this.discipline = discipline;
    }

    /** @param probes in one turn */
    Race with(String name, Optional<Contender> contender, int probes) {
        runners.add(new Runner(name, contender, probes, new ArrayList<>()));
        return this;
    }

    private record Runner(String name, Optional<Contender> contender, int probes, List<Contender.Effort> efforts) {
        double median(ToDoubleFunction<Contender.Effort> measure) {
            double[] sorted = efforts.stream().mapToDouble(measure).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        /** How far the turns were apart. */
        String spread() {
            double[] sorted = efforts.stream()
                    .mapToDouble(Contender.Effort::cpuMicros)
                    .sorted()
                    .toArray();
            return Arrays.stream(new double[] {sorted[0], sorted[sorted.length - 1]})
                    .mapToObj(micros -> String.format(Locale.ROOT, "%.0f", micros))
                    .reduce((least, most) -> least + " to " + most)
                    .orElse("");
        }
    }

    void warmUp() throws IOException, InterruptedException {
        for (Runner runner : runners) {
            if (runner.contender().isPresent()) {
                runner.contender().get().warmUp(runner.probes());
            }
        }
    }

    void turn() throws IOException, InterruptedException {
        for (Runner runner : runners) {
            if (runner.contender().isPresent()) {
                runner.efforts().add(runner.contender().get().run(runner.probes()));
            }
        }
    }

    /** Lines of the table; the ratio says how many times as much the first one does in a second of processor time. */
    void print() {
        double own = runners.get(0).median(Contender.Effort::cpuMicros);
        for (Runner runner : runners) {
            if (runner.contender().isEmpty()) {
                System.out.printf("%-30s %-24s not installed%n", discipline, runner.name());
                continue;
            }
            double micros = runner.median(Contender.Effort::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %-24s %8.0f /s %8.0f us CPU (%s) %6.1f%n",
                    discipline,
                    runner.name(),
                    runner.median(Contender.Effort::perSecond),
                    micros,
                    runner.spread(),
                    micros / own);
        }
    }
}
