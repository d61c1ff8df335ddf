package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.site.Segment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code deploy/bench-month}: questions about a month of fifty agents, asked of a real collector over its ports while these agents are
 * connected and tell rounds. The rows take turns, so that a busy moment of the machine hits them alike.
 */
@Command(
        name = "bench-month",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the past of a campus into a folder, unless it is there, starts a collector on it and times questions.",
            "Exit code 1 when the median of a row is beyond its budget, or the store is."
        })
public final class MonthBench implements Callable<Integer> {
    private static final long MEGABYTE = 1_000_000;
    private static final long MOST_STORED = 1_000 * MEGABYTE;
    private static final Duration TO_JUDGE = Duration.ofMinutes(5);

    /** The collector's clock when it starts, after the last round of the past. */
    private static final Duration AFTER = Duration.ofSeconds(60);

    /** By which a round that is told began earlier: its probes have taken their time. */
    private static final Duration LASTED = Duration.ofSeconds(45);

    @Option(
            names = "--folder",
            required = true,
            description = "an empty one, or that of another run of as many days and segments")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--days", defaultValue = "30", description = "of rounds of five minutes (30)")
    private int days;

    @Option(names = "--segments", defaultValue = "50", description = "each with one agent (50)")
    private int segments;

    @Option(
            names = "--whole",
            defaultValue = "12",
            description = "of the last rounds are judged one by one; before, two of every four hours are (12)")
    private int whole;

    @Option(names = "--turns", defaultValue = "5", description = "rounds that agents tell while it is asked (5)")
    private int turns;

    @Option(names = "--asks", defaultValue = "6", description = "of each question in a turn (6)")
    private int asks;

    @Option(
            names = "--warm",
            defaultValue = "30",
            description = "times that each question is asked before, as of a collector that has run for a while (30)")
    private int warm;

    @Option(names = "--only", paramLabel = "TEXT", description = "rows alone whose name has it")
    private String only = "";

    @Option(names = "--page", paramLabel = "PATH", description = "of the web page, such as /, to be timed too")
    private @Nullable String page;

    @Option(names = "--write-only", description = "end when the past is written")
    private boolean writeOnly;

    private final PrintStream out = System.out;

    private MonthBench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MonthBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Past past = Past.in(folder.toAbsolutePath(), days, segments);
        if (!past.isWritten()) {
            past.write(whole, out);
        }
        if (writeOnly) {
            return 0;
        }
        Duration shift = Duration.between(Instant.now(), past.end().plus(AFTER));
        Clock clock = Clock.offset(Clock.systemUTC(), shift);
        MonthSite month = past.month();
        try (MonthCollector collector = MonthCollector.start(month.file(), shift);
                Crew crew = Crew.join(month, past.faults(), collector.port(), clock);
                Asker asker = new Asker(folder.resolve("pki"), collector)) {
            CpuTime used = new CpuTime(collector.pid());
            Row first = Row.of("matrix of now, first after a round", asker::matrix);
            List<Row> rows = rows(past, asker);
            tell(crew, asker, past.end().toEpochMilli(), month);
            for (int i = 0; i < warm; i++) {
                for (Row row : rows) {
                    row.turn(i, used);
                }
            }
            rows.forEach(Row::forget);
            for (int turn = 0; turn < turns; turn++) {
                tell(crew, asker, clock.instant().minus(LASTED).toEpochMilli(), month);
                first.turn(turn, used);
                for (int i = 0; i < asks; i++) {
                    for (Row row : rows) {
                        row.turn(i, used);
                    }
                }
            }
            return show(past, first, rows) ? 1 : 0;
        }
    }

    private List<Row> rows(Past past, Asker asker) {
        List<String> ids = past.month().site().segments().stream()
                .filter(s -> !s.kind().isControl())
                .map(Segment::id)
                .map(id -> id.value())
                .toList();
        String one = ids.get(0);
        String other = ids.get(ids.size() / 2);
        Instant early = past.begun().plus(1, ChronoUnit.HOURS);
        Instant middle =
                past.begun().plus(Duration.between(past.begun(), past.end()).dividedBy(2));
        List<Row> rows = new ArrayList<>(List.of(
                Row.within(20, "matrix of now, all segments", asker::matrix),
                Row.within(20, "matrix of now, one segment", () -> asker.matrix(one)),
                Row.within(20, "findings, open", asker::openFindings),
                Row.within(20, "findings, open and closed", asker::allFindings),
                Row.within(
                        20,
                        "findings, of one segment and cause",
                        () -> asker.findings("place = \"" + one + "\" AND cause:\"tcp\"")),
                Row.of("explain a target", () -> asker.explain(other, "courier:5223")),
                Row.of("explain a target, with its month", () -> asker.explain(other, "courier:5223", early)),
                Row.within(200, "matrix of the middle of the month, all segments", () -> asker.matrix(middle)),
                Row.within(200, "compare two segments", () -> asker.compare(one, other)),
                Row.within(200, "compare a segment with itself at the beginning", () -> asker.compare(one, early)),
                Row.of("matrix of now, all segments, JSON over HTTP", () -> asker.get("/v1/matrix")),
                Row.of("findings, open, JSON over HTTP", () -> asker.get("/v1/findings")),
                Row.of("watch, its first message", asker::watch),
                Row.within(5_000, "report of all days, JSON", () -> asker.report("json", past.begun(), past.end()))
                        .seldom(asks),
                Row.within(5_000, "report of all days, HTML", () -> asker.report("html", past.begun(), past.end()))
                        .seldom(asks)));
        String path = page;
        if (path != null) {
            rows.add(Row.within(300, "page " + path, () -> asker.page(path)));
        }
        rows.removeIf(row -> !row.name().contains(only));
        return rows;
    }

    /** Tells a round and waits until it was judged. */
    private void tell(Crew crew, Asker asker, long round, MonthSite month) throws IOException, InterruptedException {
        String heard = month.site().segments().get(0).id().value();
        Instant begun = Instant.ofEpochMilli(round);
        crew.tell(round);
        long deadline = System.nanoTime() + TO_JUDGE.toNanos();
        while (asker.lastHeard(heard).isBefore(begun)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("round " + begun + " was not judged within " + TO_JUDGE.toMinutes() + " min; "
                        + folder.resolve("collector.log") + " may say why");
            }
            Thread.sleep(100);
        }
    }

    /** Gives whether a budget was missed. */
    private boolean show(Past past, Row first, List<Row> rows) throws IOException {
        MonthSite month = past.month();
        out.printf(
                Locale.ROOT,
                "%d segments with an agent each, %d days, %,d cells: a plan of %,d observations; %d processors%n%s%n%n%s%n",
                month.site().segments().size(),
                days,
                month.cells(),
                past.observations(),
                Runtime.getRuntime().availableProcessors(),
                past.told(),
                Row.HEAD);
        boolean isMissed = false;
        for (Row row : rows) {
            out.println(row.line());
            isMissed |= row.isMissed();
        }
        out.println(first.line());
        long stored = Files.size(past.store());
        isMissed |= stored > MOST_STORED;
        out.printf(
                Locale.ROOT,
                "%nmilliseconds, as who asks sees them; CPU is the collector's%nstore %,d MB of %,d  %s%njournal %,d MB of %s%n",
                stored / MEGABYTE,
                MOST_STORED / MEGABYTE,
                stored > MOST_STORED ? "MISSED" : "ok",
                Files.size(past.journal()) / MEGABYTE,
                "the rounds that were told");
        return isMissed;
    }
}
