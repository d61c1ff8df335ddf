package dev.plumbline.collector.compare;

import dev.plumbline.collector.finding.Seen;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what two sides see of one target, aspect by aspect; empty where they see the same, or where what differs is noise. */
final class Aspects {
    private static final Pattern ORGANISATION = Pattern.compile("(?:^|,)O=((?:\\\\.|[^,\\\\])*)");

    /** Of an idle timer, as of connections that are held: a fifth, and five seconds at least. */
    private static final Duration NARROW = Duration.ofSeconds(5);

    private static final int SHARE = 5;

    private Aspects() {}

    /** What either side shows. */
    record Pair(String a, String b) {}

    static Optional<Pair> state(Shown a, Shown b) {
        return a.state() == b.state()
                ? Optional.empty()
                : Optional.of(new Pair(a.state().name(), b.state().name()));
    }

    /**
     * Signed by somebody else. Who issues for one organisation changes from server to server; where the target works on both
     * sides, each saw a chain that it may have.
     */
    static Optional<Pair> certificate(Shown a, Shown b) {
        Set<String> one = organisations(a.seen());
        Set<String> other = organisations(b.seen());
        return (a.works() && b.works()) || one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other)
                ? Optional.empty()
                : Optional.of(new Pair(String.join("; ", one), String.join("; ", other)));
    }

    private static Set<String> organisations(Seen seen) {
        return seen.issuers().stream().map(Aspects::organisation).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String organisation(String name) {
        Matcher organisation = ORGANISATION.matcher(name);
        return organisation.find() ? organisation.group(1) : name;
    }

    /** Addresses that are not public are told apart one by one; servers of pools, and of companies beside Apple, are not. */
    static Optional<Pair> resolverAnswer(Shown a, Shown b) {
        List<String> one = a.seen().answers();
        List<String> other = b.seen().answers();
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        boolean sameInside = inside(one).equals(inside(other));
        boolean bothWork = a.works() && b.works();
        return sameInside && (bothWork || !Collections.disjoint(one, other))
                ? Optional.empty()
                : Optional.of(new Pair(String.join(", ", one), String.join(", ", other)));
    }

    private static Set<String> inside(List<String> answers) {
        Set<String> inside = new TreeSet<>(answers);
        inside.removeAll(List.of(Seen.APPLE, Seen.ELSEWHERE));
        return inside;
    }

    /** What one side proves to stand and the other to end, or two timers that are not the same. */
    static Optional<Pair> idleTimer(Shown a, Shown b) {
        Seen.Idle one = a.seen().idle();
        Seen.Idle other = b.seen().idle();
        boolean bothEnd = !one.ended().isZero() && !other.ended().isZero();
        boolean differ = bothEnd
                ? !one.how().equals(other.how()) || isApart(one.ended(), other.ended())
                : outlives(one, other) || outlives(other, one);
        return differ ? Optional.of(new Pair(said(one), said(other))) : Optional.empty();
    }

    private static boolean outlives(Seen.Idle one, Seen.Idle other) {
        return one.ended().isZero() && !other.ended().isZero() && one.stood().compareTo(other.ended()) >= 0;
    }

    private static boolean isApart(Duration one, Duration other) {
        Duration lesser = one.compareTo(other) <= 0 ? one : other;
        Duration share = lesser.dividedBy(SHARE);
        Duration tolerance = share.compareTo(NARROW) > 0 ? share : NARROW;
        return one.minus(other).abs().compareTo(tolerance) > 0;
    }

    private static String said(Seen.Idle idle) {
        return idle.ended().isZero()
                ? "stands after " + idle.stood().toSeconds() + " s"
                : idle.how() + " after " + idle.ended().toSeconds() + " s";
    }
}
