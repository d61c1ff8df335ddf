package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people read of an alert, in the same words everywhere: a title, a sentence, facts by name. Plain text. */
record AlertText(String title, String sentence, List<Fact> facts) {
    AlertText {
        facts = List.copyOf(facts);
    }

    /** One line. */
    record Fact(String name, String value) {}

    static AlertText of(Alert alert) {
        List<Fact> facts = new ArrayList<>();
        String both = alert.said().isEmpty() ? alert.sentence() : alert.sentence() + " " + alert.said();
        if (isAboutACause(alert)) {
            facts.add(new Fact(
                    "Cause", alert.cause() + ", " + alert.scope() + " (" + AlertJson.word(alert.severity()) + ")"));
            facts.add(new Fact("Where", where(alert)));
            facts.add(new Fact("Since", Times.forPeople(alert.since())));
            alert.ended().ifPresent(end -> facts.add(new Fact("Until", Times.forPeople(end))));
            if (!alert.services().isEmpty()) {
                facts.add(new Fact("Services", String.join(", ", alert.services())));
            }
            if (!alert.remedy().isEmpty() && alert.ended().isEmpty()) {
                facts.add(new Fact("Remedy", alert.remedy()));
            }
            facts.add(new Fact("Finding", alert.finding()));
        }
        if (!alert.link().isEmpty()) {
            facts.add(new Fact("More", alert.link()));
        }
        return new AlertText(title(alert), both, facts);
    }

    private static boolean isAboutACause(Alert alert) {
        return switch (alert.kind()) {
            case OPENED, CHANGED, RESOLVED, ONGOING -> true;
            case SUMMARY, TEST -> false;
        };
    }

    private static String title(Alert alert) {
        String about = alert.place() + ": " + alert.cause() + " " + alert.scope();
        return switch (alert.kind()) {
            case OPENED, ONGOING -> "[" + word(alert.severity()) + "] " + about;
            case CHANGED -> "[" + word(alert.severity()) + ", changed] " + about;
            case RESOLVED -> "[resolved] " + about;
            case SUMMARY -> "[summary] " + alert.site() + ": what came and went in quiet hours";
            case TEST -> "[test] " + alert.site() + ": alerts reach you";
        };
    }

    private static String word(Severity severity) {
        return AlertJson.word(severity);
    }

    private static String where(Alert alert) {
        return alert.segments().isEmpty() || alert.segments().equals(List.of(alert.place()))
                ? alert.place()
                : alert.place() + ", seen on " + String.join(", ", alert.segments());
    }

    /** The lines below the facts: a remedy that is over helps nobody. */
    static List<String> lines(Alert alert) {
        return alert.kind() == Alert.Kind.RESOLVED ? List.of() : alert.lines();
    }

    /**
     * As many of them as fit.
     *
     * @param characters that the receiver takes, with an end for each line
     */
    static List<String> lines(Alert alert, int characters) {
        List<String> all = lines(alert);
        List<String> fitting = new ArrayList<>();
        int left = characters;
        for (String line : all) {
            left -= line.length() + 1;
            if (left < 0) {
                fitting.add("(" + (all.size() - fitting.size()) + " more lines: plumbline remedy shows all)");
                break;
            }
            fitting.add(line);
        }
        return fitting;
    }

    static Instant happened(Alert alert) {
        return alert.ended().orElse(alert.at());
    }
}
