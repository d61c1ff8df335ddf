package dev.plumbline.deploy.demo;

import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.deploy.campus.Fault;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody types while the demo runs: faults go on and off, and a round shows at once what the product says of it. */
final class TypedCommands {
    private static final List<String> QUERIES = List.of("segments", "matrix", "findings", "explain", "verify-now");

    private final DemoSite site;
    private final Surroundings around;

    TypedCommands(DemoSite site, Surroundings around) {
        this.site = site;
        this.around = around;
    }

    /**
     * Does what one line says.
     *
     * @param line null at the end of the input
     * @return false when it was the last one
     */
    boolean run(@Nullable String line) {
        if (line == null) {
            return false;
        }
        List<String> words = Arrays.stream(line.strip().split("\\s+", -1))
                .filter(w -> !w.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return true;
        }
        try {
            return run(words.get(0), words.subList(1, words.size()));
        } catch (IllegalArgumentException e) {
            return say(String.valueOf(e.getMessage()));
        }
    }

    private boolean run(String verb, List<String> rest) {
        return switch (verb) {
            case "quit", "exit" -> false;
            case "help", "?" -> help();
            case "fault" -> fault(rest);
            case "clear" -> clear(rest);
            default -> query(verb, rest);
        };
    }

    private boolean fault(List<String> words) {
        String segment = known(words.isEmpty() ? "" : words.get(0));
        Fault fault = FaultWords.parse(words.subList(1, words.size()));
        site.segment(segment).apply(fault);
        return verify();
    }

    private boolean clear(List<String> words) {
        boolean all = words.isEmpty() || words.get(0).equals("all");
        List<String> segments = all ? ids() : List.of(known(words.get(0)));
        segments.forEach(s -> site.segment(s).clear());
        return verify();
    }

    private boolean query(String verb, List<String> rest) {
        if (!QUERIES.contains(verb)) {
            return say("'" + verb + "' is no command; type help");
        }
        String[] words = new String[rest.size() + 1];
        words[0] = verb;
        for (int i = 0; i < rest.size(); i++) {
            words[i + 1] = rest.get(i);
        }
        site.ask(around, words);
        return true;
    }

    private boolean verify() {
        site.ask(around, "verify-now", "--wait");
        return true;
    }

    private boolean help() {
        say("fault SEGMENT WHAT   WHAT is " + FaultWords.SYNTAX);
        say("clear [SEGMENT]      no fault there, or anywhere");
        say("segments | matrix | findings | explain SEGMENT TARGET | verify-now --wait");
        say("quit");
        return say("Segments: " + String.join(", ", ids()));
    }

    private String known(String segment) {
        if (!ids().contains(segment)) {
            throw new IllegalArgumentException(
                    "'" + segment + "' is no segment; there are " + String.join(", ", ids()));
        }
        return segment;
    }

    private List<String> ids() {
        return site.segments().stream().map(DemoSegment::id).toList();
    }

    private boolean say(String line) {
        around.out().println(line);
        around.out().flush();
        return true;
    }
}
