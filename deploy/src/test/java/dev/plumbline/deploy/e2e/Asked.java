package dev.plumbline.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.demo.DemoSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What the program {@code plumbline} answered to one command. */
record Asked(int exitCode, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Asked of(DemoSite site, String... words) {
        return of(site, new StringWriter(), Terminal.PLAIN, words);
    }

    /** Asks, and does something once when the progress that is shown meanwhile matches. */
    static Asked during(DemoSite site, Pattern progress, Runnable then, String... words) {
        AtomicBoolean done = new AtomicBoolean();
        StringWriter err = new StringWriter() {
            @Override
            public void flush() {
                if (progress.matcher(getBuffer()).find() && done.compareAndSet(false, true)) {
                    then.run();
                }
            }
        };
        return of(site, err, new Terminal(200, false, false, true), words);
    }

    private static Asked of(DemoSite site, StringWriter err, Terminal terminal, String... words) {
        StringWriter out = new StringWriter();
        int exitCode = site.ask(
                new Surroundings(
                        new PrintWriter(out),
                        new PrintWriter(err, true),
                        Map.of(),
                        Path.of("."),
                        terminal,
                        Clock.systemUTC()),
                words);
        return new Asked(exitCode, out.toString(), err.toString());
    }

    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + out + err, e);
        }
    }

    /** What is open in an answer of {@code findings --json}: {@code place mechanism scope}. */
    Set<String> open() {
        return open(finding -> true);
    }

    /** The part of {@link #open} that accuses somebody. */
    Set<String> accusations() {
        return open(Asked::accuses);
    }

    private Set<String> open(Predicate<JsonNode> wanted) {
        Set<String> all = new TreeSet<>();
        for (JsonNode finding : json()) {
            if (finding.get("closedAt").isNull() && wanted.test(finding)) {
                all.add(words(finding));
            }
        }
        return all;
    }

    /** False for notes, and for an agent that says of its own host that it is too busy: that accuses nobody. */
    static boolean accuses(JsonNode finding) {
        return !finding.get("severity").asText().equals("note")
                && !finding.get("mechanism").asText().equals("agent.unfit");
    }

    /** The verdicts of an answer of {@code segments --json} about one segment. */
    Set<String> verdicts(String segment) {
        Set<String> verdicts = new TreeSet<>();
        StreamSupport.stream(json().spliterator(), false)
                .filter(s -> s.get("id").asText().equals(segment))
                .flatMap(s -> StreamSupport.stream(s.get("requirements").spliterator(), false))
                .forEach(r -> verdicts.add(r.get("verdict").asText()));
        return verdicts;
    }

    private static String words(JsonNode finding) {
        return finding.get("place").asText() + " " + finding.get("mechanism").asText() + " "
                + finding.get("scope").asText();
    }
}
