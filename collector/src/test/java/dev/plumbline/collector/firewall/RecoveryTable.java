package dev.plumbline.collector.firewall;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Outcomes by kind of firewall; those with several purposes have rows of their own. */
final class RecoveryTable {
    private final Map<String, Map<Outcome, Integer>> rows = new TreeMap<>();
    private final Map<Outcome, Integer> total = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Integer> strictly = new EnumMap<>(Outcome.class);

    void add(Firewall firewall, Recovery recovery, Recovery strict) {
        int purposes = firewall.kinds().size();
        String kind = purposes == 1 ? firewall.kinds().get(0) : "~ " + purposes + " together";
        rows.computeIfAbsent(kind, k -> new EnumMap<>(Outcome.class)).merge(recovery.outcome(), 1, Integer::sum);
        total.merge(recovery.outcome(), 1, Integer::sum);
        strictly.merge(strict.outcome(), 1, Integer::sum);
    }

    int count(Outcome outcome) {
        return total.getOrDefault(outcome, 0);
    }

    /** Of the firewalls that show, and show more than two dead servers would, those of which the same required targets were found by the same mechanisms. */
    double share() {
        return share(total);
    }

    private static double share(Map<Outcome, Integer> counts) {
        int good = counts.getOrDefault(Outcome.RECOVERED, 0) + counts.getOrDefault(Outcome.EQUIVALENT, 0);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum()
                - counts.getOrDefault(Outcome.NOTHING_TO_SEE, 0)
                - counts.getOrDefault(Outcome.TOO_LITTLE, 0);
        return all == 0 ? 1 : (double) good / all;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%-30s", "firewalls"));
        for (Outcome outcome : Outcome.values()) {
            text.append(String.format("%15s", outcome.words()));
        }
        text.append(String.format("%10s%n", "share"));
        rows.forEach((kind, counts) -> line(text, kind, counts));
        line(text, "~~ all, required targets", total);
        line(text, "~~ all, every probed target", strictly);
        return text.toString();
    }

    private static void line(StringBuilder text, String kind, Map<Outcome, Integer> counts) {
        text.append(String.format("%-30s", kind));
        for (Outcome outcome : Outcome.values()) {
            text.append(String.format("%15d", counts.getOrDefault(outcome, 0)));
        }
        text.append(String.format(Locale.ROOT, "%9.2f%%%n", 100 * share(counts)));
    }
}
