package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.words.Printable;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes alerts from incidents. Texts come from agents, and from whoever agents met: what would be obeyed instead of shown is taken
 * out here, before any receiver's form, and each is bounded.
 */
public final class AlertWriter {
    static final int LONGEST_TEXT = 2_000;
    static final int MOST_LINES = 60;
    private static final int LONGEST_LINE = 300;

    /** What alerts say beside what is in a finding. */
    public interface Background {
        /** A target's service; empty where it has none. */
        String service(TargetId target);

        /** The remedy in every language that has something to say about it. */
        List<Configuration> remedies(String incident, Finding finding);
    }

    private final String site;
    private final Optional<URI> link;
    private final Optional<Dialect> dialect;
    private final Background background;
    private final Supplier<String> ids;

    /**
     * @param link what links begin with; empty = there are none
     * @param dialect of the remedy's lines; empty = the first that has any
     * @param ids a new one each time
     */
    public AlertWriter(
            String site, Optional<URI> link, Optional<Dialect> dialect, Background background, Supplier<String> ids) {
        this.site = site;
        this.link = link;
        this.dialect = dialect;
        this.background = background;
        this.ids = ids;
    }

    /** When the cause began, of one that came back when it did so last. */
    static Instant since(Incident incident) {
        return incident.reopenedAt().orElse(incident.openedAt());
    }

    Alert of(Alert.Kind kind, Incident incident, Instant now, String said) {
        Finding finding = incident.finding();
        Optional<Configuration> remedy = background.remedies(incident.id(), finding).stream()
                .filter(c -> dialect.isEmpty() || c.dialect() == dialect.get())
                .findFirst();
        return new Alert(
                kind,
                ids.get(),
                site + "/" + incident.id(),
                incident.id(),
                site,
                finding.place().word(),
                segments(finding),
                finding.mechanism().id(),
                line(finding.scope().toString()),
                finding.severity(),
                line(finding.sentence()),
                line(said),
                since(incident),
                Optional.empty(),
                now,
                finding.targets().stream()
                        .map(t -> line(background.service(t)))
                        .filter(s -> !s.isEmpty())
                        .distinct()
                        .sorted()
                        .toList(),
                line(finding.remedy()),
                remedy.map(c -> c.dialect().word()).orElse(""),
                remedy.map(c -> lines(c.lines())).orElse(List.of()),
                link(incident.id()));
    }

    Alert resolved(Alert last, Instant end, Instant now, String why) {
        return last.resolved(ids.get(), end, now, line(why));
    }

    /** One line for each cause that came and went while nothing was told. */
    Alert summary(List<Incident> passed, String hours, Instant since, Instant now) {
        List<String> all = new ArrayList<>();
        for (Incident i : passed.subList(0, Math.min(passed.size(), Notices.SUMMED_UP))) {
            all.add(Times.forPeople(since(i)) + " to "
                    + i.closedAt().map(Times::forPeople).orElse("now") + ": "
                    + i.finding().sentence());
        }
        if (passed.size() > Notices.SUMMED_UP) {
            all.add("and " + (passed.size() - Notices.SUMMED_UP) + " more");
        }
        String id = ids.get();
        return new Alert(
                Alert.Kind.SUMMARY,
                id,
                site + "/summary/" + id,
                "",
                site,
                "site",
                passed.stream()
                        .flatMap(i -> segments(i.finding()).stream())
                        .distinct()
                        .sorted()
                        .toList(),
                "summary",
                "all",
                Severity.NOTE,
                line("In the quiet hours " + hours + " "
                        + (passed.size() == 1 ? "one cause" : passed.size() + " causes")
                        + " came and went; nothing needs to be done."),
                "",
                since,
                Optional.empty(),
                now,
                List.of(),
                "",
                "",
                lines(all),
                link(""));
    }

    /** One that says that it is a test. */
    public Alert test(Instant now) {
        String id = ids.get();
        return new Alert(
                Alert.Kind.TEST,
                id,
                site + "/test/" + id,
                "",
                site,
                "site",
                List.of(),
                "test",
                "all",
                Severity.NOTE,
                "This is a test of alerts of site " + line(site) + ": nothing is wrong, and nothing needs to be done.",
                "",
                now,
                Optional.empty(),
                now,
                List.of(),
                "",
                "",
                List.of(),
                link(""));
    }

    private static List<String> segments(Finding finding) {
        return finding.place()
                .segment()
                .map(SegmentId::value)
                .map(List::of)
                .orElseGet(() -> finding.witnesses().stream()
                        .map(Witness::segment)
                        .map(SegmentId::value)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** Ids of incidents hold letters, digits and marks that stand for themselves in a path. */
    private String link(String incident) {
        return link.map(base -> {
                    String whole = base.toString();
                    String prefix = whole.endsWith("/") ? whole : whole + "/";
                    return incident.isEmpty() ? prefix : prefix + "findings/" + incident;
                })
                .orElse("");
    }

    private static List<String> lines(List<String> all) {
        List<String> bounded = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_LINES)).stream()
                .map(l -> clip(Printable.line(l), LONGEST_LINE))
                .toList());
        if (all.size() > MOST_LINES) {
            bounded.add("(" + (all.size() - MOST_LINES) + " more lines: plumbline remedy shows all)");
        }
        return bounded;
    }

    private static String line(String text) {
        return clip(Printable.line(text).replace('\t', ' '), LONGEST_TEXT);
    }

    /** Not within a pair of surrogates. */
    static String clip(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
