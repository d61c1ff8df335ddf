package dev.plumbline.collector.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The options of least total length that together cover every failing point: a greedy cover first, then branch and bound
 * over points that no option tells apart. Exact for what one round of one segment brings; after a number of steps the best found
 * so far stands.
 */
final class Cover {
    private static final int MOST_STEPS = 4_000;
    private static final double ROUNDING = 1e-9;

    private static final Comparator<Option> SHORTEST = Comparator.comparingDouble(Option::bits)
            .thenComparing(o -> -o.covers().count())
            .thenComparing(Option::text);

    /** The least that any option charges for a point, the dearest first: together a lower bound for covering some. */
    private final double[] price;

    /** Options of each point. */
    private final List<? extends List<Option>> ways;

    private final List<Option> chosen = new ArrayList<>();
    private List<Option> best;
    private double least;
    private int steps;

    private Cover(List<Option> options, int size) {
        price = prices(options, size);
        ways = IntStream.range(0, size).mapToObj(i -> new ArrayList<Option>()).toList();
        for (Option option : options) {
            Points covers = option.covers();
            for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
                ways.get(point).add(option);
            }
        }
        GreedyCover first = GreedyCover.of(options, size);
        best = first.options();
        least = first.bits();
    }

    /** Empty when some point is in no option. */
    static Optional<List<Option>> of(List<Option> all, int points) {
        List<Option> kept = undominated(all);
        int[] toldApart = toldApart(kept, points);
        int size = toldApart.length;
        List<Option> over = among(toldApart, kept);
        Cover cover = new Cover(among(dearestFirst(prices(over, size)), over), size);
        Points open = Points.between(0, size);
        cover.descend(open, 0, cover.price(open));
        return cover.best.isEmpty() ? Optional.empty() : Optional.of(cover.best);
    }

    /** Drops options that a shorter or equal one covers whole: they are in no shortest description. */
    private static List<Option> undominated(List<Option> options) {
        List<Option> kept = new ArrayList<>();
        for (Option option : options.stream().sorted(SHORTEST).toList()) {
            if (!isHeld(option, kept)) {
                kept.add(option);
            }
        }
        return kept;
    }

    private static boolean isHeld(Option option, List<Option> others) {
        for (Option other : others) {
            if (other.covers().holds(option.covers())) {
                return true;
            }
        }
        return false;
    }

    /** One point for each set of options: those in the same options are covered together. */
    private static int[] toldApart(List<Option> options, int points) {
        List<Points> optionsOf = IntStream.range(0, points)
                .mapToObj(i -> new Points(options.size()))
                .toList();
        for (int i = 0; i < options.size(); i++) {
            Points covers = options.get(i).covers();
            for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
                optionsOf.get(point).add(i);
            }
        }
        Set<Points> seen = new HashSet<>();
        return IntStream.range(0, points)
                .filter(point -> seen.add(optionsOf.get(point)))
                .toArray();
    }

    /** The same options, where these are all the points there are, in this order. */
    private static List<Option> among(int[] points, List<Option> options) {
        return options.stream()
                .map(o -> new Option(o.text(), o.bits(), among(points, o.covers())))
                .toList();
    }

    private static Points among(int[] points, Points covers) {
        Points some = new Points(points.length);
        for (int i = 0; i < points.length; i++) {
            if (covers.has(points[i])) {
                some.add(i);
            }
        }
        return some;
    }

    private static int[] dearestFirst(double[] price) {
        return IntStream.range(0, price.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -price[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    private static double[] prices(List<Option> options, int size) {
        double[] price = new double[size];
        Arrays.fill(price, Double.MAX_VALUE);
        for (Option option : options) {
            Points covers = option.covers();
            double each = option.bits() / covers.count();
            for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
                price[point] = Math.min(price[point], each);
            }
        }
        return price;
    }

    /** @param bound what the open points cost at least */
    private void descend(Points open, double bits, double bound) {
        // The dearest open point has the fewest ways out.
        int hardest = open.next(0);
        if (hardest < 0) {
            if (bits < least) {
                least = bits;
                best = List.copyOf(chosen);
            }
            return;
        }
        if (steps > MOST_STEPS || bits + bound >= least - ROUNDING) {
            return;
        }
        steps++;
        for (Option option : ways.get(hardest)) {
            chosen.add(option);
            descend(open.without(option.covers()), bits + option.bits(), bound - price(open.and(option.covers())));
            chosen.remove(chosen.size() - 1);
        }
    }

    private double price(Points points) {
        double sum = 0;
        for (int point = points.next(0); point >= 0; point = points.next(point + 1)) {
            sum += price[point];
        }
        return sum;
    }
}
