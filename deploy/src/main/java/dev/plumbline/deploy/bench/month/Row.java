package dev.plumbline.deploy.bench.month;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** One question of the table: how often it was asked, and what that took. */
final class Row {
    static final String HEAD = String.format(
            Locale.ROOT,
            "%-52s %8s %5s %8s %8s %8s %9s %8s  %s",
            "question",
            "budget",
            "runs",
            "median",
            "p90",
            "least",
            "its CPU",
            "KiB",
            "verdict");
    private static final double MILLION = 1e6;

    private final String name;
    private final OptionalLong budgetMillis;
    private final int everyTurns;
    private final Question question;
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> cpuNanos = new ArrayList<>();
    private long bytes;

    /** Gives how large the answer was. */
    interface Question {
        long ask() throws Exception;
    }

    private Row(String name, OptionalLong budgetMillis, int everyTurns, Question question) {
        this.name = name;
        this.budgetMillis = budgetMillis;
        this.everyTurns = everyTurns;
        this.question = question;
    }

    static Row within(long budgetMillis, String name, Question question) {
        return new Row(name, OptionalLong.of(budgetMillis), 1, question);
    }

    /** Of which no budget speaks. */
    static Row of(String name, Question question) {
        return new Row(name, OptionalLong.empty(), 1, question);
    }

    /** The same, asked in one of so many turns. */
    Row seldom(int turns) {
        return new Row(name, budgetMillis, turns, question);
    }

    String name() {
        return name;
    }

    /** @param collector what it has used of the processor */
    void turn(int number, CpuTime collector) throws Exception {
        if (number % everyTurns == 0) {
            long cpu = collector.nanos();
            long begun = System.nanoTime();
            bytes = question.ask();
            nanos.add(System.nanoTime() - begun);
            cpuNanos.add(collector.nanos() - cpu);
        }
    }

    /** What was asked to warm up does not count. */
    void forget() {
        nanos.clear();
        cpuNanos.clear();
    }

    boolean isMissed() {
        return budgetMillis.isPresent() && !nanos.isEmpty() && at(nanos, 0.5) > budgetMillis.getAsLong() * MILLION;
    }

    String line() {
        if (nanos.isEmpty()) {
            return String.format(Locale.ROOT, "%-52s not asked", name);
        }
        return String.format(
                Locale.ROOT,
                "%-52s %8s %5d %8.1f %8.1f %8.1f %9.1f %8d  %s",
                name,
                budgetMillis.isPresent() ? budgetMillis.getAsLong() : "-",
                nanos.size(),
                at(nanos, 0.5) / MILLION,
                at(nanos, 0.9) / MILLION,
                at(nanos, 0) / MILLION,
                at(cpuNanos, 0.5) / MILLION,
                bytes / 1024,
                budgetMillis.isEmpty() ? "" : isMissed() ? "MISSED" : "ok");
    }

    private static double at(List<Long> values, double share) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }
}
