package dev.plumbline.collector.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How something stood throughout a period: stretches that follow each other without a gap, of which no two neighbours are alike.
 */
record Timeline(Period period, List<Stretch> stretches) {
    /** A time in which it stood alike. */
    record Stretch(Period period, Standing standing) {}

    Timeline {
        stretches = List.copyOf(stretches);
        Instant end = period.from();
        for (Stretch stretch : stretches) {
            if (!stretch.period().from().equals(end)) {
                throw new IllegalArgumentException("nothing is said of " + end + " and after");
            }
            end = stretch.period().to();
        }
        if (!end.equals(period.to())) {
            throw new IllegalArgumentException("nothing is said of " + end + " and after");
        }
    }

    /**
     * What is silent hides what was judged last, and what is not remembered hides both.
     *
     * @param turns in order of time; the latest by the period's beginning says how it stood then
     * @param silences in any order, and they may overlap
     * @param knownFrom of before this nothing is remembered; empty = nothing is remembered at all
     */
    static Timeline of(Period period, List<Turn> turns, List<Period> silences, Optional<Instant> knownFrom) {
        TreeSet<Instant> edges = new TreeSet<>();
        edges.add(period.from());
        turns.forEach(t -> edges.add(t.at()));
        List<Period> quiet = united(silences);
        for (Period silence : quiet) {
            edges.add(silence.from());
            edges.add(silence.to());
        }
        Instant known = knownFrom.orElse(period.to());
        edges.add(known);
        edges.add(period.to());
        return new Timeline(
                period,
                stretches(
                        List.copyOf(edges.subSet(period.from(), true, period.to(), true)),
                        new Past(turns, quiet, known)));
    }

    private static List<Stretch> stretches(List<Instant> edges, Past past) {
        List<Stretch> all = new ArrayList<>();
        Instant since = edges.get(0);
        Standing standing = past.at(since);
        for (Instant edge : edges.subList(1, edges.size() - 1)) {
            Standing next = past.at(edge);
            if (next != standing) {
                all.add(new Stretch(new Period(since, edge), standing));
                since = edge;
                standing = next;
            }
        }
        all.add(new Stretch(new Period(since, edges.get(edges.size() - 1)), standing));
        return all;
    }

    /** Asked of moments in order of time. */
    private static final class Past {
        private final List<Turn> turns;
        private final List<Period> silences;
        private final Instant known;
        private Standing latest = Standing.NOT_JUDGED;
        private int turn;
        private int silence;

        Past(List<Turn> turns, List<Period> silences, Instant known) {
            this.turns = turns;
            this.silences = silences;
            this.known = known;
        }

        Standing at(Instant moment) {
            while (turn < turns.size() && !turns.get(turn).at().isAfter(moment)) {
                latest = turns.get(turn).standing();
                turn++;
            }
            while (silence < silences.size() && !silences.get(silence).to().isAfter(moment)) {
                silence++;
            }
            if (moment.isBefore(known)) {
                return Standing.NOT_REMEMBERED;
            }
            boolean isSilent =
                    silence < silences.size() && !silences.get(silence).from().isAfter(moment);
            return isSilent ? Standing.SILENT : latest;
        }
    }

    /** The same times, in order and without overlap. */
    private static List<Period> united(List<Period> periods) {
        List<Period> united = new ArrayList<>();
        for (Period next :
                periods.stream().sorted((a, b) -> a.from().compareTo(b.from())).toList()) {
            Period last = united.isEmpty() ? next : united.get(united.size() - 1);
            if (united.isEmpty() || last.to().isBefore(next.from())) {
                united.add(next);
            } else if (last.to().isBefore(next.to())) {
                united.set(united.size() - 1, new Period(last.from(), next.to()));
            }
        }
        return united;
    }

    /** In order of time. */
    List<Stretch> of(Standing standing) {
        return stretches.stream().filter(s -> s.standing() == standing).toList();
    }

    /** The stretch that took longest; of two alike the earlier. */
    Optional<Stretch> longest(Standing standing) {
        Optional<Stretch> longest = Optional.empty();
        for (Stretch stretch : of(standing)) {
            Duration least = longest.map(s -> s.period().length()).orElse(Duration.ZERO);
            if (stretch.period().length().compareTo(least) > 0) {
                longest = Optional.of(stretch);
            }
        }
        return longest;
    }

    Duration total(Standing standing) {
        return of(standing).stream().map(s -> s.period().length()).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether nobody knows how it stood before this stretch. */
    boolean isBegunBefore(Stretch stretch) {
        int index = stretches.indexOf(stretch);
        return index == 0 || stretches.get(index - 1).standing() == Standing.NOT_REMEMBERED;
    }

    boolean isOpen(Stretch stretch) {
        return stretch.period().to().equals(period.to());
    }
}
