package dev.plumbline.collector.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether one target on one segment changes between broken and met again and again, by the latest rounds that could tell: the
 * weighted share of changes among them, as Nagios does it (Nagios Core, "Detection and Handling of State Flapping"). Each of 20
 * possible changes between 21 rounds counts, the newest one half more than the oldest. Flapping begins at a share of {@value
 * #HIGH} and ends below {@value #LOW}; in between it stays what it was. Rounds that nobody knows of changed nothing. Pure.
 *
 * @param looks in order of round; of looks that all said the same only the latest is kept
 * @param flappedBefore whether it flapped before the latest look
 * @param brokenSince the round from which on every look said broken; empty when the latest did not
 */
public record Recent(List<Look> looks, boolean flappedBefore, OptionalLong brokenSince) {
    public static final double HIGH = 0.3;
    public static final double LOW = 0.2;

    /** Possible changes that are weighed: one less than rounds. */
    public static final int CHANGES = 20;

    public static final Recent NONE = new Recent(List.of(), false, OptionalLong.empty());

    private static final double NEWEST = 1.2;
    private static final double OLDEST = 0.8;

    /** What a round that could tell said. */
    public record Look(long round, boolean broken) {}

    public Recent {
        looks = List.copyOf(looks);
        if (looks.size() > CHANGES + 1) {
            throw new IllegalArgumentException("no more than " + (CHANGES + 1) + " rounds are weighed");
        }
        for (int i = 1; i < looks.size(); i++) {
            if (looks.get(i - 1).round() >= looks.get(i).round()) {
                throw new IllegalArgumentException("rounds are in order, each once");
            }
        }
        if (brokenSince.isPresent()
                && (looks.isEmpty()
                        || !latest(looks).broken()
                        || brokenSince.getAsLong() > latest(looks).round())) {
            throw new IllegalArgumentException("broken since a round only when it is, and not since a later one");
        }
    }

    /** With one round more, at its place; a round that is judged again replaces what it said. */
    public Recent plus(Look look) {
        boolean isNews = looks.isEmpty() || look.round() > latest(looks).round();
        List<Look> all = new ArrayList<>(looks.size() + 1);
        int place = 0;
        for (Look one : looks) {
            if (one.round() != look.round()) {
                all.add(one);
                place += one.round() < look.round() ? 1 : 0;
            }
        }
        all.add(place, look);
        if (all.size() > CHANGES + 1) {
            all.remove(0);
        }
        boolean steady = true;
        for (Look one : all) {
            steady &= one.broken() == look.broken();
        }
        List<Look> kept = steady ? all.subList(all.size() - 1, all.size()) : all;
        return new Recent(kept, isNews ? isFlapping() : flappedBefore, brokenSince(all));
    }

    /** Where all of them say broken, it may have begun before the first of them. */
    private OptionalLong brokenSince(List<Look> all) {
        int first = all.size();
        while (first > 0 && all.get(first - 1).broken()) {
            first--;
        }
        if (first == all.size()) {
            return OptionalLong.empty();
        }
        long seen = all.get(first).round();
        return OptionalLong.of(first == 0 ? Math.min(seen, brokenSince.orElse(seen)) : seen);
    }

    private static Look latest(List<Look> looks) {
        return looks.get(looks.size() - 1);
    }

    /** Changes seen among the rounds that are weighed. */
    public int changes() {
        int changes = 0;
        for (int i = 1; i < looks.size(); i++) {
            changes += changed(i) ? 1 : 0;
        }
        return changes;
    }

    /** Weighted share of changes, from 0 (none) to 1 (every round another answer). */
    public double share() {
        double sum = 0;
        for (int i = 1; i < looks.size(); i++) {
            int age = looks.size() - 1 - i;
            sum += changed(i) ? NEWEST - (NEWEST - OLDEST) * age / (CHANGES - 1) : 0;
        }
        return sum / CHANGES;
    }

    private boolean changed(int i) {
        return looks.get(i).broken() != looks.get(i - 1).broken();
    }

    public boolean isFlapping() {
        return share() >= (flappedBefore ? LOW : HIGH);
    }
}
