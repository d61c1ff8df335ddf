package dev.plumbline.agent.cli;

import dev.plumbline.agent.forecast.Beside;
import dev.plumbline.agent.forecast.Cost;
import dev.plumbline.agent.forecast.Destination;
import dev.plumbline.agent.forecast.Forecast;
import dev.plumbline.agent.forecast.Oddities;
import dev.plumbline.agent.forecast.Purpose;
import dev.plumbline.agent.forecast.Traffic;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A forecast as a page to hand to whoever watches the network. */
public final class ForecastText {
    private static final List<Integer> WIDTHS = List.of(47, -5, -6, -6, -8, 3, 17);

    private final Forecast forecast;
    private final Page page;

    private ForecastText(Forecast forecast, PrintWriter out) {
        this.forecast = forecast;
        this.page = new Page(out);
    }

    /**
     * @param origin where plan and addresses come from, in sentences
     */
    public static void write(Forecast forecast, List<String> origin, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.lines(terminal);
        ForecastText text = new ForecastText(forecast, out);
        text.head(origin);
        text.sums();
        text.destinations();
        text.costs();
        text.oddities();
    }

    private void head(List<String> origin) {
        page.line("WHAT A PLUMBLINE AGENT WILL SEND FROM HERE");
        page.wrapped(
                "",
                "It measures whether this network lets Apple devices and MDM servers reach what they need. It sends no"
                        + " credentials and no data of anybody, delivers nothing, registers nothing, and speaks to"
                        + " nobody but the hosts listed here, the host's resolvers and the collector.");
        page.line("");
        origin.forEach(sentence -> page.wrapped("- ", sentence));
        page.wrapped(
                "- ",
                "it leaves from "
                        + (forecast.sources().isEmpty()
                                ? "no address: this host has no way out now"
                                : String.join(" and ", forecast.sources())));
        page.line("");
    }

    private void sums() {
        var settings = forecast.plan().settings();
        page.line("HOW MUCH, ON A DAY ON WHICH ALL IS WELL");
        List<Integer> widths = List.of(24, -12, -12, -12, -12, -14);
        page.row(widths, List.of("", "CONNECTIONS", "PACKETS OUT", "PACKETS IN", "kB OUT", "kB IN"));
        sum(widths, "a day, everything", forecast.total());
        for (Beside beside : forecast.besides()) {
            sum(widths, "  " + beside.what(), beside.aDay());
        }
        sum(widths, "a usual round", forecast.usualRound());
        sum(widths, "the largest round", forecast.largestRound());
        sum(widths, "on demand, at most", forecast.demanded());
        page.line("");
        page.wrapped(
                "- ",
                "a round every " + span(settings.round()) + ", begun up to "
                        + span(min(settings.round().dividedBy(20), Duration.ofSeconds(15))) + " into its slot");
        page.wrapped(
                "- ",
                "at most " + settings.connectionsPerSecond() + " new TCP connections a second, for whatever purpose but"
                        + " questions to resolvers, quiet connections and the collector; at most "
                        + forecast.mostTargetsAtOnce() + " targets under way at once, and " + forecast.holds()
                        + " quiet connections");
        page.wrapped(
                "- ",
                "when somebody asks for a round at once (verify-now), it is not paced: it opens up like TCP's slow start"
                        + " as long as nothing suffers, and connects to every address of every"
                        + " courier name once; names share addresses, so it is less than the sum above says");
        page.wrapped(
                "- ",
                "what fails is tried " + times(settings.confirmations()) + " at once; where much is blocked the"
                        + " sums are higher, and the bound is the connections a second");
        for (Beside beside : forecast.besides()) {
            page.wrapped("- ", beside.what() + ": " + beside.sentence());
        }
        page.line("");
    }

    private void sum(List<Integer> widths, String what, Traffic traffic) {
        page.row(
                widths,
                List.of(
                        what,
                        count(traffic.connections()),
                        count(traffic.packetsOut()),
                        count(traffic.packetsIn()),
                        kilobytes(traffic.bytesOut()),
                        kilobytes(traffic.bytesIn())));
    }

    private void destinations() {
        page.line("WHERE TO, AND WHY");
        page.wrapped(
                "",
                "EVERY: how often at most. A DAY: probes. CONN, kB: a day, both directions. FOR: D devices, M MDM servers,"
                        + " C content caches need it. ROW: the document that names it, and its line; plumbline-2026 is"
                        + " our own list, derived from the printed ones.");
        Map<Service, List<Destination>> sections = forecast.destinations().stream()
                .collect(Collectors.groupingBy(
                        d -> d.target().services().stream()
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        () -> new EnumMap<>(Service.class),
                        Collectors.toList()));
        sections.forEach((service, destinations) -> {
            page.line("");
            page.wrapped("", Purpose.of(service));
            page.row(WIDTHS, List.of("", "EVERY", "A DAY", "CONN", "kB", "FOR", "ROW"));
            destinations.forEach(this::destination);
        });
        forecast.plan()
                .unread()
                .forEach((id, why) -> page.wrapped("  ", id + " is in the plan and not probed: " + why));
        page.line("");
    }

    private void destination(Destination destination) {
        Target target = destination.target();
        boolean names = target.probe().asksNamesOnly();
        page.row(
                WIDTHS,
                List.of(
                        "  " + destination.name() + " "
                                + (names ? "name only" : target.transport().word() + "/" + target.port()),
                        span(destination.every()),
                        count(destination.timesADay()),
                        count(destination.aDay().connections()),
                        kilobytes(destination.aDay().bytes()),
                        roles(target),
                        row(target)));
    }

    private void costs() {
        page.line("WHAT IS SAID, AND WHAT IT COSTS");
        page.wrapped(
                "",
                "Packets and bytes out and in of one conversation with one address, IP headers included. A model, held"
                        + " against a network where all was well: connections, packets and bytes sent of a round lie"
                        + " within a factor of " + Cost.FACTOR + " of what is sent, bytes received within "
                        + Cost.FACTOR_RECEIVED + ", for certificates and pages differ from server to server. It was"
                        + " not held against Apple's own servers.");
        forecast.destinations().stream()
                .map(d -> d.target().probe())
                .distinct()
                .sorted()
                .forEach(kind -> {
                    Cost cost = forecast.destinations().stream()
                            .filter(d -> d.target().probe() == kind)
                            .findFirst()
                            .orElseThrow()
                            .cost();
                    page.wrapped(
                            String.format(Locale.ROOT, "  %-13s", kind.word()),
                            cost.says() + " (" + cost.each().packetsOut() + "/"
                                    + cost.each().packetsIn() + " packets, "
                                    + count(cost.each().bytesOut()) + "/"
                                    + count(cost.each().bytesIn()) + " bytes)");
                });
        page.line("");
    }

    private void oddities() {
        page.line("WHAT MAY LOOK LIKE AN ATTACK, AND IS NONE");
        Oddities.of(forecast).forEach(sentence -> page.wrapped("- ", sentence));
    }

    private static String roles(Target target) {
        StringBuilder letters = new StringBuilder();
        for (Role role : Role.values()) {
            if (target.roles().contains(role)) {
                letters.append(role.name().charAt(0));
            }
        }
        return letters.toString();
    }

    /** The newest printed row; where there is none, the newest of our own. */
    private static String row(Target target) {
        if (target.obligation() == Obligation.CONTROL && target.sources().isEmpty()) {
            return "control";
        }
        List<RowRef> rows = target.sources();
        return rows.stream()
                .filter(row -> row.line() > 0)
                .reduce((first, second) -> second)
                .map(row -> row.edition() + ":" + row.line())
                .orElseGet(
                        () -> rows.isEmpty() ? "-" : rows.get(rows.size() - 1).edition());
    }

    private static String times(int confirmations) {
        return confirmations == 1 ? "once more" : "up to " + confirmations + " times more";
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static String span(Duration span) {
        if (span.toDays() > 0 && span.equals(Duration.ofDays(span.toDays()))) {
            return span.toDays() + "d";
        }
        if (span.toHours() > 0 && span.equals(Duration.ofHours(span.toHours()))) {
            return span.toHours() + "h";
        }
        if (span.toMinutes() > 0 && span.equals(Duration.ofMinutes(span.toMinutes()))) {
            return span.toMinutes() + "m";
        }
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String kilobytes(long bytes) {
        return count((bytes + 500) / 1000);
    }
}
