package dev.plumbline.deploy.here;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.collector.cli.Wrapping;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.Severity;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.Echo;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Printable;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for people, in lines of a given width. Pure. */
final class HostText {
    private static final int SHOWN = 6;
    private static final Pattern LONG_SCOPE = Pattern.compile("([^\\s+]+(?:\\+[^\\s+]+){2})((?:\\+[^\\s+)]+){2,})");

    private final HostReport report;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private HostText(HostReport report, int width) {
        this.report = report;
        this.width = width;
    }

    static List<String> of(HostReport report, int width) {
        HostText text = new HostText(report, width);
        text.write();
        return text.lines;
    }

    /** What a first look makes likely, one line for each cause; empty when everything looks well. */
    static List<String> firstLook(RoundVerdict unconfirmed, Duration after, int width) {
        List<String> lines = new ArrayList<>();
        HostReport.broken(unconfirmed)
                .forEach(f -> lines.addAll(said(
                        "  ",
                        shortened(f.mechanism().phrase() + " (" + f.scope() + "), " + targets(f.targets())),
                        width)));
        if (!lines.isEmpty()) {
            lines.add(0, "First look after " + seconds(after) + ", being confirmed:");
        }
        return lines;
    }

    private void write() {
        report.origin().ifPresent(this::origin);
        String roles = report.roles().stream().sorted().map(HostText::role).collect(Collectors.joining(" and as "));
        paragraph("This host judged as " + roles + " by edition " + report.edition() + ": "
                + report.summary().probed().size() + " targets probed in " + seconds(report.elapsed()) + ".");
        if (report.hasNoNetwork()) {
            paragraph(
                    "INSUFFICIENT: this host has no network: no address with a route to anywhere. Nothing was probed, so"
                            + " nothing can be said of the way to Apple. Connect the host and ask again.");
            return;
        }
        passed();
        broken();
        rules();
        unsettled();
        helper();
        unmeasured();
        lines.add("");
        paragraph(conclusion());
    }

    private void origin(Origin origin) {
        paragraph("Judged again from " + origin.file() + ": facts of "
                + origin.at().truncatedTo(ChronoUnit.SECONDS) + ", measured by plumbline " + origin.program() + " on "
                + origin.platform() + ".");
        if (!origin.cutShortBy().isEmpty()) {
            paragraph("INCOMPLETE: " + origin.cutShortBy() + ".");
        }
        if (origin.isOtherCatalog()) {
            paragraph("It was measured by another catalog than this program's, and is judged by its own.");
        }
        if (!origin.ownAnchors().isEmpty()) {
            paragraph(
                    "Trusted there and not here, and so taken for right: " + some(origin.ownAnchors().stream()) + ".");
        }
        origin.unjudged()
                .forEach((id, why) ->
                        lines.addAll(said("  ", id + ": this version cannot judge it, since " + why, width)));
        if (!origin.unmeasured().isEmpty()) {
            paragraph("Not asked for then: " + targets(origin.unmeasured()) + ".");
        }
        if (origin.lost() > 0) {
            paragraph(origin.lost() + " pieces of evidence that observations name are not in the file.");
        }
        lines.add("");
    }

    private void passed() {
        Map<Service, int[]> counts = new EnumMap<>(Service.class);
        for (Cell cell : report.verdict().cells()) {
            Target target = target(cell.target());
            if (cell.required() || target.services().contains(Service.CONTROL)) {
                for (Service service : target.services()) {
                    int[] count = counts.computeIfAbsent(service, s -> new int[2]);
                    count[0] += cell.state() == State.OK ? 1 : 0;
                    count[1]++;
                }
            }
        }
        heading("Passed, by service");
        counts.forEach((service, count) ->
                lines.add(String.format(Locale.ROOT, "  %-24s %3d of %d", Words.of(service), count[0], count[1])));
    }

    private void broken() {
        if (report.broken().isEmpty()) {
            return;
        }
        heading("Broken, and by what");
        for (Finding finding : report.broken()) {
            lines.addAll(said("  * ", shortened(finding.mechanism().id() + "  " + finding.sentence()), width));
            Witness witness = finding.witnesses().get(0);
            labelled("seen", Printable.line(seen(witness)));
            labelled("change", shortened(finding.remedy()));
            if (finding.severity() == Severity.VIOLATION) {
                labelled("whose", whose(report.isSuspicion(finding)));
            }
        }
    }

    /** One host sees that it is so; from one place nobody sees where. */
    private static String whose(boolean suspicion) {
        return (suspicion ? "it fails on this host; " : "what was seen proves that it is done on the way; ")
                + "whether this segment's own firewall, proxy or resolver does it or something further upstream, only an"
                + " agent elsewhere can settle";
    }

    private void rules() {
        heading("House rules                  direct        works all the same");
        for (Requirement rule : report.verdict().requirements()) {
            lines.addAll(said(
                    String.format(
                            Locale.ROOT, "  %-26s %-13s %-13s ", rule.id(), rule.verdict(), works(rule.stillWorks())),
                    because(rule),
                    width));
        }
    }

    /** The reason in short: the whole sentence of the cause stands above. */
    private String because(Requirement rule) {
        return report.broken().stream()
                .filter(f -> rule.because().endsWith(f.sentence()))
                .findFirst()
                .map(f -> shortened(
                        rule.because().replace(f.sentence(), f.mechanism().id() + " (" + f.scope() + ")")))
                .orElse(rule.because());
    }

    private void unsettled() {
        List<Cell> open = report.unsettled();
        if (!open.isEmpty()) {
            heading("Not settled");
            open.stream()
                    .limit(SHOWN)
                    .forEach(c -> lines.addAll(
                            said("  ", c.target() + ": " + c.because() + (c.soft() ? " (seen once)" : ""), width)));
            if (open.size() > SHOWN) {
                lines.add("  and " + (open.size() - SHOWN) + " more (--json has all)");
            }
        }
    }

    private void helper() {
        List<Echo> echoes = report.summary().environment().echoes();
        if (echoes.isEmpty()) {
            return;
        }
        heading("The helper");
        List<String> egress = report.summary().environment().egressAddresses();
        if (!egress.isEmpty()) {
            lines.addAll(said("  ", "sees this host as " + String.join(" and ", egress), width));
        }
        echoes.forEach(
                e -> lines.addAll(said("  ", Words.of(e.ask()) + " at " + e.helper() + ": " + became(e), width)));
    }

    private static String became(Echo echo) {
        return switch (echo.answer()) {
            case SAME -> "came back as it left";
            case ALTERED -> "arrived changed: " + String.join("; ", echo.changes());
            case OTHER_KEY -> "another key than the helper's: TLS is opened on the way, or the pin is wrong";
            case STRANGER -> echo.attempt().exchange().map(Exchange::summary).orElse("somebody else answered");
            case NONE -> "no answer";
            case UNKNOWN -> "an answer that a newer version knows";
        };
    }

    private void unmeasured() {
        Map<SkipReason, List<TargetId>> skipped = report.skipped();
        heading("Not measured");
        skipped.forEach((reason, ids) -> lines.addAll(said("  ", why(reason) + ": " + targets(ids), width)));
        lines.addAll(
                said("  ", "quiet connections over time, which takes an agent that stays: apns-persistent", width));
    }

    private String conclusion() {
        List<String> broken = report.verdict().requirements().stream()
                .filter(r -> r.verdict() == Requirement.Verdict.BROKEN)
                .map(Requirement::id)
                .toList();
        return switch (report.answer()) {
            case MET -> "MET: this host reaches directly all that it has to reach.";
            case BROKEN ->
                broken.isEmpty()
                        ? "BROKEN: a house rule is violated, see above."
                        : "BROKEN: rule broken, not direct: " + String.join(", ", broken) + ".";
            case INSUFFICIENT -> "INSUFFICIENT: nothing is proved broken, and not everything is proved to work.";
        };
    }

    private Target target(TargetId id) {
        return report.targets().stream()
                .filter(t -> t.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private void paragraph(String text) {
        lines.addAll(Wrapping.wrap(Printable.line(text), width));
    }

    /** A sentence of one paragraph, with what peers wrote in it: their line ends make no line of ours. */
    static List<String> said(String label, String sentence, int width) {
        return Wrapping.labelled(label, Printable.line(sentence), width);
    }

    private void labelled(String label, String text) {
        lines.addAll(Wrapping.labelled(String.format(Locale.ROOT, "    %-7s ", label), text, width));
    }

    private static String seen(Witness witness) {
        String from = witness.local().equals(Endpoint.NONE) ? "" : witness.local() + " -> ";
        return witness.at().truncatedTo(ChronoUnit.MILLIS) + "  " + witness.transport() + " " + from + witness.remote()
                + "  " + witness.saw() + " (" + witness.target() + ")";
    }

    private static String role(Role role) {
        return switch (role) {
            case DEVICE -> "device";
            case MDM_SERVER -> "MDM server";
            case CONTENT_CACHE -> "content cache";
        };
    }

    private static String works(Requirement.Verdict verdict) {
        return switch (verdict) {
            case MET -> "yes";
            case BROKEN -> "no";
            case INSUFFICIENT -> "not known";
        };
    }

    static String why(SkipReason reason) {
        return switch (reason) {
            case TOO_SOON -> "probed too recently";
            case NO_PROBE -> "this version has no probe of their kind";
            case NOT_ALLOWED -> "the allow-list forbids it";
            case NO_NETWORK -> "this host has no network";
            case PROBE_DEFECT -> "the probe failed by a defect of its own";
            case UNKNOWN -> "for a reason that a newer version gave";
        };
    }

    private static String targets(List<TargetId> ids) {
        return ids.size()
                + (ids.size() == 1 ? " target: " : " targets: ")
                + some(ids.stream().map(TargetId::value));
    }

    private static String some(Stream<String> all) {
        List<String> words = all.limit(SHOWN + 1).toList();
        return words.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (words.size() > SHOWN ? ", ..." : "");
    }

    /** A scope of many parts is a word that no line holds: its first parts and how many follow. */
    static String shortened(String text) {
        return LONG_SCOPE
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + " and "
                        + m.group(2).chars().filter(c -> c == '+').count() + " more"));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
