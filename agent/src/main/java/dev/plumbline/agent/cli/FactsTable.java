package dev.plumbline.agent.cli;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.expectation.Assessment;
import dev.plumbline.catalog.expectation.Expectations;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The facts of a round as an aligned table: one line for each target, the last try of it. */
final class FactsTable {
    private static final List<String> HEAD =
            List.of("TARGET", "TRY", "NAMES", "CONNECTED", "RTT", "TLS", "ANSWER", "SECONDS", "EXPECTATION");

    private FactsTable() {}

    static void write(Facts facts, List<Target> targets, TrustAnchors anchors, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.lines(terminal);
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        Map<?, Observation> last = facts.last();
        for (Target target : targets) {
            Observation observation = last.get(target.id());
            if (observation != null) {
                lines.add(line(target, observation, facts, anchors));
            }
        }
        print(lines, out);
        OffersTable.write(facts, targets, out);
        facts.summary().ifPresent(summary -> EchoTable.write(summary.environment(), out));
        facts.summary().ifPresent(summary -> footer(summary, out));
        out.flush();
    }

    private static List<String> line(Target target, Observation seen, Facts facts, TrustAnchors anchors) {
        return List.of(
                target.id().value(),
                Integer.toString(seen.tryNumber()),
                names(seen.lookups()),
                connected(seen.directAttempts()),
                roundTrip(seen.directAttempts()),
                seen.directAttempts().stream()
                        .flatMap(attempt -> attempt.handshakes().stream())
                        .findFirst()
                        .map(FactsTable::tls)
                        .orElse("-"),
                seen.directAttempts().stream()
                        .flatMap(attempt -> attempt.exchange().stream())
                        .findFirst()
                        .map(FactsTable::answer)
                        .orElse("-"),
                seconds(seen.elapsed()),
                expectation(target, seen, facts, anchors));
    }

    private static String names(List<Lookup> lookups) {
        if (lookups.isEmpty()) {
            return "-";
        }
        String first = lookups.get(0).name();
        long others = lookups.stream()
                .map(Lookup::name)
                .filter(name -> !name.equals(first))
                .distinct()
                .count();
        return lookups.stream()
                        .filter(lookup -> lookup.name().equals(first))
                        .map(lookup -> lookup.type() + " "
                                + (lookup.failure().isNone() ? lookup.answers().size() : word(lookup.failure())))
                        .collect(Collectors.joining(", "))
                + (others == 0 ? "" : ", " + others + " more names");
    }

    private static String connected(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return "-";
        }
        long stood =
                attempts.stream().filter(attempt -> attempt.connect().isNone()).count();
        String failures = attempts.stream()
                .map(Attempt::connect)
                .filter(failure -> !failure.isNone())
                .map(FactsTable::word)
                .distinct()
                .collect(Collectors.joining(", "));
        return stood + "/" + attempts.size() + (failures.isEmpty() ? "" : " " + failures);
    }

    private static String roundTrip(List<Attempt> attempts) {
        return attempts.stream()
                .map(Attempt::synRoundTrip)
                .filter(time -> !time.isZero())
                .min(Duration::compareTo)
                .map(time -> String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6))
                .orElse("-");
    }

    static String tls(Handshake handshake) {
        if (!handshake.failure().isNone()) {
            return word(handshake.failure());
        }
        return handshake.version()
                + (handshake.alpnSelected().isEmpty() ? "" : " " + handshake.alpnSelected())
                + (handshake.clientCertificateRequested() ? " asks-certificate" : "");
    }

    private static String answer(Exchange exchange) {
        if (!exchange.failure().isNone()) {
            return word(exchange.failure());
        }
        return exchange.status() == 0 ? exchange.summary() : exchange.protocol() + " " + exchange.status();
    }

    /** A host without IPv6 says nothing of the target by failing over IPv6. */
    private static boolean hadARoute(Attempt attempt) {
        return switch (attempt.connect().kind()) {
            case NETWORK_UNREACHABLE, LOCAL -> false;
            default -> true;
        };
    }

    private static String expectation(Target target, Observation seen, Facts facts, TrustAnchors anchors) {
        if (target.probe().asksNamesOnly()) {
            return text(Expectations.assessNames(target, seen.lookups()));
        }
        List<Attempt> reachable =
                seen.directAttempts().stream().filter(FactsTable::hadARoute).toList();
        List<Assessment> all = (reachable.isEmpty() ? seen.directAttempts() : reachable)
                .stream()
                        .filter(attempt -> !attempt.connect().isNone()
                                || !attempt.handshakes().isEmpty()
                                || attempt.exchange().isPresent()
                                || target.probe() == ProbeKind.TCP)
                        .map(attempt -> Expectations.assess(target, attempt, facts, anchors, attempt.startedAt()))
                        .toList();
        if (all.isEmpty()) {
            return "not reached: no address";
        }
        return all.stream()
                .filter(assessment -> !assessment.isMet())
                .findFirst()
                .map(FactsTable::text)
                .orElse("met");
    }

    private static String text(Assessment assessment) {
        return assessment.isMet() ? "met" : Words.of(assessment.outcome()) + ": " + assessment.because();
    }

    private static String word(Failure failure) {
        return Words.of(failure.kind());
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.2f", elapsed.toNanos() / 1e9);
    }

    private static void footer(RoundSummary summary, PrintWriter out) {
        out.println();
        out.println(summary.probed().size() + " targets probed in "
                + seconds(Duration.between(summary.startedAt(), summary.endedAt())) + " s, "
                + summary.skipped().size() + " skipped; from "
                + String.join(" and ", summary.environment().sourceAddresses()) + ", resolvers "
                + String.join(", ", summary.environment().resolvers()) + "; TLS by "
                + summary.environment().tlsEngine());
        summary.skipped().forEach((target, skip) -> out.println("  skipped " + target + ": " + skip.word()));
        if (!summary.environment().isFit()) {
            out.println("This host is unfit: " + summary.environment().unfitReason());
        }
    }

    static void print(List<List<String>> lines, PrintWriter out) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
