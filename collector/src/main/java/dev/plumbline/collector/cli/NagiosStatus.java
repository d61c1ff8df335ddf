package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Requirement;
import dev.plumbline.words.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a monitoring plugin says: an exit code, and a line of text and performance data. Pure.
 *
 * @param line {@code PLUMBLINE OK - text|label=value[unit];[warn];[crit];[min];[max] ...}
 * @see <a href="https://www.monitoring-plugins.org/doc/guidelines.html">Monitoring Plugins Development Guidelines</a>
 */
record NagiosStatus(int code, String line) {
    static final int OK = 0;
    static final int WARNING = 1;
    static final int CRITICAL = 2;
    static final int UNKNOWN = 3;

    private static final List<String> WORDS = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");
    private static final Set<String> UNSEEN = Set.of("INSUFFICIENT", "NOT_YET_RUN");
    private static final Set<String> BROKEN = Set.of("BLOCKED", "INTERCEPTED", "PROXIED");
    private static final Set<String> WORRYING = Set.of("IMPAIRED", "DOWN", "FLAPPING");
    private static final int LONGEST_TEXT = 600;

    static NagiosStatus unknown(String sentence) {
        return of(UNKNOWN, sentence, "");
    }

    /** OK, WARNING, CRITICAL or UNKNOWN. */
    String word() {
        return WORDS.get(code);
    }

    private static NagiosStatus of(int code, String text, String performance) {
        // What follows the first bar is read as numbers, and what follows the first line as something else.
        String line = Printable.line(text).replace('|', '/').replace('\t', ' ').strip();
        String clipped = line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
        return new NagiosStatus(
                code,
                "PLUMBLINE " + WORDS.get(code) + " - " + clipped + (performance.isEmpty() ? "" : "|" + performance));
    }

    /**
     * @param service empty = all
     * @param all the segment's cells
     * @param findings those that are open, of all places
     * @param requirements the segment's
     */
    static NagiosStatus of(
            String segment, String service, List<Cell> all, List<Finding> findings, List<Requirement> requirements) {
        List<Cell> asked = all.stream()
                .filter(c -> service.isEmpty() || c.getService().equals(service))
                .toList();
        if (asked.isEmpty()) {
            return unknown(
                    service.isEmpty()
                            ? segment + ": nothing is asked of this segment"
                            : "no target of service '" + service + "' is asked of " + segment + "; there are "
                                    + all.stream()
                                            .map(Cell::getService)
                                            .filter(s -> !s.isEmpty())
                                            .distinct()
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        return new Look(segment, service, asked, findings, requirements).status();
    }

    /** What is looked at. */
    private record Look(
            String segment, String service, List<Cell> asked, List<Finding> findings, List<Requirement> requirements) {
        NagiosStatus status() {
            List<Finding> violations = causes("violation");
            List<Finding> faults = causes("fault");
            List<Cell> required = asked.stream().filter(Cell::getRequired).toList();
            List<Cell> seen =
                    asked.stream().filter(c -> !UNSEEN.contains(c.getState())).toList();
            String performance = performance(required, violations, faults);
            if (seen.isEmpty()) {
                // What was open when it was heard last is history, and no answer.
                return of(UNKNOWN, where() + ": " + whyUnseen(), performance);
            }
            List<Cell> broken = confirmed(required, BROKEN);
            List<String> rules = rules("BROKEN");
            if (!violations.isEmpty() || !broken.isEmpty() || !rules.isEmpty()) {
                return of(CRITICAL, where() + ": " + problem(violations, broken, rules), performance);
            }
            List<Cell> worrying = confirmed(required, WORRYING);
            if (!faults.isEmpty() || !worrying.isEmpty()) {
                return of(WARNING, where() + ": " + problem(faults, worrying, List.of()), performance);
            }
            List<Cell> unseen = confirmed(required, UNSEEN);
            List<String> open = rules("INSUFFICIENT");
            if (!open.isEmpty() || (!service.isEmpty() && !unseen.isEmpty())) {
                return of(
                        UNKNOWN,
                        where() + ": "
                                + (open.isEmpty()
                                        ? unseen.get(0).getTargetId() + ": "
                                                + unseen.get(0).getBecause()
                                        : "not known to be met: " + String.join(", ", open)),
                        performance);
            }
            return of(
                    OK,
                    where() + ": " + count(required, Set.of("OK")) + " of " + required.size() + " required targets pass"
                            + excused(),
                    performance);
        }

        /** What was once seen says more than what never was. */
        private String whyUnseen() {
            return asked.stream()
                    .filter(c -> c.getState().equals("INSUFFICIENT"))
                    .findFirst()
                    .orElse(asked.get(0))
                    .getBecause();
        }

        private String where() {
            return service.isEmpty() ? segment : segment + " " + service;
        }

        /** Those that nobody excuses, and that lie here or meet what is looked at. */
        private List<Finding> causes(String severity) {
            Set<String> targets = asked.stream().map(Cell::getTargetId).collect(Collectors.toSet());
            Predicate<Finding> meets = f -> f.getTargetIdsList().stream().anyMatch(targets::contains);
            return findings.stream()
                    .filter(f ->
                            f.getSeverity().equals(severity) && f.getExcuse().isEmpty())
                    .filter(f -> Set.of(segment, "site", "apple").contains(f.getPlace()))
                    .filter(f -> meets.test(f)
                            || (f.getPlace().equals(segment) && (service.isEmpty() || f.getTargetIdsCount() == 0)))
                    .sorted(Comparator.comparing((Finding f) -> f.getPlace().equals(segment) ? 0 : 1)
                            .thenComparing(Finding::getId))
                    .toList();
        }

        /** What one look alone says is not yet said. */
        private static List<Cell> confirmed(List<Cell> cells, Set<String> states) {
            return cells.stream()
                    .filter(c -> states.contains(c.getState()) && !c.getSoft())
                    .toList();
        }

        private List<String> rules(String verdict) {
            return service.isEmpty()
                    ? requirements.stream()
                            .filter(r -> r.getVerdict().equals(verdict))
                            .map(Requirement::getId)
                            .toList()
                    : List.of();
        }

        private static String problem(List<Finding> causes, List<Cell> cells, List<String> rules) {
            if (!causes.isEmpty()) {
                return causes.get(0).getSentence()
                        + (causes.size() > 1 ? " (and " + (causes.size() - 1) + " more causes)" : "");
            }
            if (!cells.isEmpty()) {
                Cell first = cells.get(0);
                return first.getTargetId() + " is " + first.getState() + ": " + first.getBecause()
                        + (cells.size() > 1 ? " (and " + (cells.size() - 1) + " more targets)" : "");
            }
            return "broken: " + String.join(", ", rules);
        }

        private String excused() {
            long excused = findings.stream()
                    .filter(f -> f.getPlace().equals(segment) && !f.getExcuse().isEmpty())
                    .count();
            return excused == 0 ? "" : ", " + excused + " excused causes left out";
        }

        private static long count(List<Cell> cells, Set<String> states) {
            return cells.stream().filter(c -> states.contains(c.getState())).count();
        }

        private static String performance(List<Cell> required, List<Finding> violations, List<Finding> faults) {
            int n = required.size();
            List<String> values = new ArrayList<>();
            values.add("ok=" + count(required, Set.of("OK")) + ";;;0;" + n);
            values.add("broken=" + count(required, BROKEN) + ";;0;0;" + n);
            values.add("unknown=" + count(required, UNSEEN) + ";;;0;" + n);
            values.add("violations=" + violations.size() + ";;0;0;");
            values.add("faults=" + faults.size() + ";0;;0;");
            required.stream()
                    .filter(c -> c.getState().equals("OK"))
                    .mapToLong(Cell::getLatencyMicros)
                    .max()
                    .ifPresent(most -> values.add("latency_max=" + seconds(most) + "s;;;0;"));
            return String.join(" ", values);
        }

        /** With a point whatever the language of the host. */
        private static String seconds(long micros) {
            return micros / 1_000_000 + "."
                    + String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
        }
    }
}
