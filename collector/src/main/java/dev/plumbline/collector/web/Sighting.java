package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Facts.Told;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.WhoAnswered;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What agents saw of a target in one round, as a page shows it. Pure.
 *
 * @param ways to those whose distance was measured
 */
public record Sighting(List<Question> questions, List<Try> tries, List<Chain> chains, List<Way> ways) {
    /** Rows of one table: a pool has some dozen addresses. */
    private static final int MOST = 200;

    /** With what TTL or hop limit hosts send. */
    private static final int[] INITIAL_TTLS = {64, 128, 255};

    /** RFC 1035 section 4.1.1, RFC 2136 section 2.2. */
    private static final List<String> RCODES = List.of(
            "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET");

    public Sighting {
        questions = List.copyOf(questions);
        tries = List.copyOf(tries);
        chains = List.copyOf(chains);
        ways = List.copyOf(ways);
    }

    /** One question to a resolver. */
    public record Question(
            String agent,
            String name,
            String type,
            String resolver,
            String said,
            boolean isAnswered,
            List<String> aliases,
            List<String> answers,
            String millis) {}

    /** One connection. */
    public record Try(
            String agent,
            Instant at,
            String from,
            String to,
            Step connect,
            Optional<Step> secure,
            Optional<Step> exchange,
            String through) {}

    /** How far it came. */
    public record Step(boolean stands, String said) {}

    /**
     * Certificates in the order in which they were shown, the server's own first.
     *
     * @param by addresses that showed it
     */
    public record Chain(List<Shown> certificates, List<String> by) {}

    /** One certificate; what is not known of it is empty. */
    public record Shown(String subject, String issuer, String from, String until, String sha256, boolean isOver) {}

    /**
     * How far away somebody answers.
     *
     * @param sibling how far another port of the same address does; 0 = not measured
     */
    public record Way(String to, int hops, int sibling, String said) {}

    /** @param certificates by their hash, those that are known */
    static Sighting of(List<Told> told, Function<Sha256, Optional<X509Certificate>> certificates) {
        List<Question> questions = new ArrayList<>();
        List<Try> tries = new ArrayList<>();
        Map<List<Sha256>, List<String>> chains = new LinkedHashMap<>();
        Map<String, Way> ways = new LinkedHashMap<>();
        for (Told one : told) {
            Observation observation = one.observation();
            observation.lookups().forEach(l -> questions.add(question(one.agent(), l)));
            for (Attempt attempt : observation.attempts()) {
                tries.add(attempt(one.agent(), attempt));
                way(attempt).ifPresent(w -> ways.putIfAbsent(w.to(), w));
                attempt.handshakes().stream()
                        .map(Handshake::certificates)
                        .filter(c -> !c.isEmpty())
                        .forEach(c -> {
                            List<String> by = chains.computeIfAbsent(c, k -> new ArrayList<>());
                            String to = attempt.remote().toString();
                            if (!by.contains(to)) {
                                by.add(to);
                            }
                        });
            }
        }
        return new Sighting(
                cut(questions),
                cut(tries),
                chains.entrySet().stream()
                        .map(e -> new Chain(
                                e.getKey().stream()
                                        .map(hash -> shown(hash, certificates.apply(hash), at(told)))
                                        .toList(),
                                e.getValue()))
                        .toList(),
                List.copyOf(ways.values()));
    }

    private static Instant at(List<Told> told) {
        return told.get(0).observation().startedAt();
    }

    private static <T> List<T> cut(List<T> all) {
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static Question question(String agent, Lookup lookup) {
        boolean isAnswered = lookup.failure().isNone();
        return new Question(
                agent,
                lookup.name(),
                lookup.type(),
                lookup.resolver() + " over " + lookup.transport().word()
                        + (lookup.truncated() ? ", truncated over udp" : ""),
                (lookup.rcode() < 0 ? "no answer" : rcode(lookup.rcode()))
                        + (isAnswered ? "" : ", " + said(lookup.failure()))
                        + (lookup.sends() > 1 ? " (asked " + lookup.sends() + " times)" : ""),
                isAnswered,
                lookup.cnameChain(),
                lookup.answers().stream()
                        .map(a -> a.data() + " (" + a.ttlSeconds() + " s)")
                        .toList(),
                millis(lookup.elapsed()));
    }

    private static String rcode(int code) {
        return code < RCODES.size() ? RCODES.get(code) : "RCODE " + code;
    }

    private static Try attempt(String agent, Attempt attempt) {
        Step connect = attempt.connect().isNone()
                ? new Step(
                        true,
                        attempt.connectElapsed().isZero()
                                ? attempt.transport().word()
                                : millis(attempt.connectElapsed()) + " ms"
                                        + (attempt.synRoundTrip().isZero()
                                                ? ""
                                                : ", round trip " + millis(attempt.synRoundTrip()) + " ms"))
                : new Step(false, said(attempt.connect()));
        return new Try(
                agent,
                attempt.startedAt(),
                attempt.transport().word() + " " + attempt.local(),
                attempt.remote().toString(),
                connect,
                attempt.handshakes().isEmpty() ? Optional.empty() : Optional.of(secure(attempt.handshakes())),
                attempt.exchange().map(Sighting::exchange),
                attempt.proxy().map(p -> p.name() + ", found by " + p.foundBy()).orElse(""));
    }

    private static Step secure(List<Handshake> handshakes) {
        boolean stands = handshakes.stream().anyMatch(h -> h.failure().isNone());
        return new Step(
                stands, handshakes.stream().map(Sighting::handshake).distinct().collect(Collectors.joining("; ")));
    }

    private static String handshake(Handshake handshake) {
        String name = handshake.serverName().isEmpty() ? "" : " for " + handshake.serverName();
        return handshake.failure().isNone()
                ? handshake.version()
                        + (handshake.alpnSelected().isEmpty() ? "" : ", " + handshake.alpnSelected())
                        + name + " in " + millis(handshake.elapsed()) + " ms"
                : said(handshake.failure()) + name;
    }

    private static Step exchange(Exchange exchange) {
        return new Step(
                exchange.failure().isNone(),
                exchange.failure().isNone()
                        ? exchange.summary().isEmpty() ? exchange.protocol() : exchange.summary()
                        : said(exchange.failure()));
    }

    private static String said(Failure failure) {
        String kind = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return failure.detail().isEmpty() ? kind : kind + " (" + failure.detail() + ")";
    }

    private static Optional<Way> way(Attempt attempt) {
        WhoAnswered who = attempt.whoAnswered();
        int hops = who.answeringHop() > 0 ? who.answeringHop() : distance(who.arrivingTtl());
        int sibling = distance(who.siblingArrivingTtl());
        if (hops == 0) {
            return Optional.empty();
        }
        String said = (who.answeringHop() > 0
                        ? "answered when " + hops + " hops were allowed"
                        : "the answer arrived over " + hops + " hops")
                + (sibling > 0 && sibling != hops
                        ? "; port " + who.siblingPort() + " of the same address answers from " + sibling
                        : "");
        return Optional.of(new Way(attempt.remote().toString(), hops, sibling, said));
    }

    private static int distance(int arrivingTtl) {
        for (int initial : INITIAL_TTLS) {
            if (arrivingTtl > 0 && arrivingTtl <= initial) {
                return initial - arrivingTtl + 1;
            }
        }
        return 0;
    }

    private static Shown shown(Sha256 hash, Optional<X509Certificate> certificate, Instant at) {
        return certificate
                .map(c -> new Shown(
                        c.getSubjectX500Principal().getName(),
                        c.getIssuerX500Principal().getName(),
                        Times.text(c.getNotBefore().toInstant()),
                        Times.text(c.getNotAfter().toInstant()),
                        hash.hex(),
                        c.getNotAfter().toInstant().isBefore(at)
                                || c.getNotBefore().toInstant().isAfter(at)))
                .orElseGet(() -> new Shown("", "", "", "", hash.hex(), false));
    }

    private static String millis(Duration length) {
        return Times.millis(length.toNanos() / 1_000);
    }

    /** Whether nothing is known of the round any more. */
    public boolean isEmpty() {
        return questions.isEmpty() && tries.isEmpty();
    }
}
