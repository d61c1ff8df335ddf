package dev.plumbline.collector.enrol;

import dev.plumbline.collector.enrol.AuditEntry.What;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody can do again and again, as the audit log tells it: the first of its kind in an hour at once, how many came after
 * it when the hour is over. So many kinds have a line of their own, so an hour adds a bounded number of lines, whoever tries how
 * often. What was counted and not told yet is lost when the collector is killed. Time is an argument. Any thread.
 */
final class Repeats {
    private final int kinds;
    private final Map<Kind, Count> counts = new LinkedHashMap<>();
    private final List<Line> unwritten = new ArrayList<>();
    private Instant hour = Instant.MIN;

    /** @param kinds that have a line of their own in an hour */
    Repeats(int kinds) {
        this.kinds = kinds;
    }

    /**
     * One line of the audit log.
     *
     * @param at when it happened, which may be long before it can be written
     */
    record Line(Instant at, String who, What what, String about, String detail) {}

    /** @param of what tells one who repeats himself from another */
    private record Kind(String of, What what, String about) {}

    private static final class Count {
        private final String who;
        private long more;
        private Instant latest;

        Count(String who, Instant first) {
            this.who = who;
            this.latest = first;
        }

        void add(Instant at) {
            more++;
            latest = at;
        }
    }

    /**
     * It happened.
     *
     * @param of one peer, whatever it calls itself
     * @return what is to be written now
     */
    synchronized List<Line> note(Instant now, String of, Line line) {
        List<Line> lines = over(now);
        Kind kind = new Kind(of, line.what(), line.about());
        Count known = counts.get(kind);
        if (known != null) {
            known.add(now);
        } else if (counts.size() < kinds) {
            counts.put(kind, new Count(line.who(), now));
            lines.add(line);
        } else {
            counts.computeIfAbsent(new Kind("", line.what(), ""), others -> new Count("others", now))
                    .add(now);
        }
        return lines;
    }

    /** How often it happened in an hour that is over. */
    synchronized List<Line> over(Instant now) {
        Instant present = now.truncatedTo(ChronoUnit.HOURS);
        if (present.equals(hour)) {
            return takeUnwritten();
        }
        List<Line> lines = rest();
        hour = present;
        return lines;
    }

    /** These could not be written: they are told with what is told next, as far as they are no more than two hours' lines. */
    synchronized void keep(List<Line> lines) {
        lines.stream().limit(Math.max(0, 2L * kinds - unwritten.size())).forEach(unwritten::add);
    }

    private List<Line> takeUnwritten() {
        List<Line> lines = new ArrayList<>(unwritten);
        unwritten.clear();
        return lines;
    }

    /** All that was not told yet. */
    synchronized List<Line> rest() {
        List<Line> lines = takeUnwritten();
        counts.forEach((kind, count) -> {
            if (count.more > 0) {
                lines.add(new Line(
                        count.latest,
                        count.who,
                        kind.what(),
                        kind.about(),
                        "the same " + count.more + " more " + (count.more == 1 ? "time" : "times")
                                + " in the hour from " + hour));
            }
        });
        counts.clear();
        return lines;
    }
}
