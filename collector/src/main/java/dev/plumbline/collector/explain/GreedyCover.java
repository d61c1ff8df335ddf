package dev.plumbline.collector.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A cover found by taking, again and again, the option of fewest bits for each point that it adds.
 *
 * @param options without those that later ones made needless; none when some point is in no option
 */
record GreedyCover(List<Option> options) {
    private static final Comparator<Option> DEAREST =
            Comparator.comparingDouble(Option::bits).reversed().thenComparing(Option::text);

    /** What an option costs for each point that it added when it was last looked at, which only grows. */
    private record Offer(Option option, double each) implements Comparable<Offer> {
        @Override
        public int compareTo(Offer other) {
            int first = Double.compare(each, other.each);
            return first != 0 ? first : option.text().compareTo(other.option.text());
        }
    }

    /** @param points that are to be covered */
    static GreedyCover of(Collection<Option> options, Points points) {
        PriorityQueue<Offer> offers = new PriorityQueue<>();
        options.forEach(o -> offers.add(new Offer(o, o.bits() / o.covers().count())));
        Points open = points;
        List<Option> chosen = new ArrayList<>();
        while (!open.isEmpty()) {
            Offer next = offers.poll();
            if (next == null) {
                return new GreedyCover(List.of());
            }
            Option option = next.option();
            int gain = option.covers().countIn(open);
            if (gain > 0 && option.bits() / gain == next.each()) {
                chosen.add(option);
                open = open.without(option.covers());
            } else if (gain > 0) {
                offers.add(new Offer(option, option.bits() / gain));
            }
        }
        return new GreedyCover(withoutSpare(chosen, points.room()));
    }

    /** What later choices cover as well is not needed; the dearest goes first. */
    private static List<Option> withoutSpare(List<Option> chosen, int room) {
        int[] covered = new int[room];
        chosen.forEach(option -> count(option, covered, 1));
        List<Option> kept = new ArrayList<>(chosen);
        for (Option option : chosen.stream().sorted(DEAREST).toList()) {
            if (isSpare(option, covered)) {
                kept.remove(option);
                count(option, covered, -1);
            }
        }
        return List.copyOf(kept);
    }

    private static void count(Option option, int[] covered, int more) {
        Points covers = option.covers();
        for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
            covered[point] += more;
        }
    }

    private static boolean isSpare(Option option, int[] covered) {
        Points covers = option.covers();
        for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
            if (covered[point] == 1) {
                return false;
            }
        }
        return true;
    }

    /** The greatest number when it is no cover. */
    double bits() {
        return options.isEmpty()
                ? Double.MAX_VALUE
                : options.stream().mapToDouble(Option::bits).sum();
    }
}
