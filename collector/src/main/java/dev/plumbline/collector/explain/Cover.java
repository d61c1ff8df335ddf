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
    private static final int NOWHERE = -1;

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

    private Cover(List<Option> options, double[] price) {
        this.price = price;
        ways = lists(price.length);
        options.forEach(option -> enter(option, ways));
        GreedyCover first = GreedyCover.of(options, Points.between(0, price.length));
        best = first.options();
        least = first.bits();
    }

    /**
     * Empty when some point is in no option.
     *
     * @param points that are to be covered
     */
    static Optional<List<Option>> of(List<Option> all, Points points) {
        List<Option> kept = undominated(all, points.room());
        Points toldApart = toldApart(kept, points);
        double[] prices = prices(kept, toldApart);
        int[] order = dearestFirst(toldApart, prices);
        Cover cover = new Cover(
                inOrder(order, kept, points.room()),
                IntStream.of(order).mapToDouble(point -> prices[point]).toArray());
        Points open = Points.between(0, order.length);
        cover.descend(open, 0, cover.price(open));
        return cover.best.isEmpty() ? Optional.empty() : Optional.of(cover.best);
    }

    /** Drops options that a shorter or equal one covers whole: they are in no shortest description. */
    private static List<Option> undominated(List<Option> options, int room) {
        List<Option> kept = new ArrayList<>();
        // Whatever holds an option has the first of its points.
        List<? extends List<Option>> keptAt = lists(room);
        for (Option option : options.stream().sorted(SHORTEST).toList()) {
            if (!isHeld(option, keptAt.get(option.covers().next(0)))) {
                kept.add(option);
                enter(option, keptAt);
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

    private static List<? extends List<Option>> lists(int size) {
        return IntStream.range(0, size).mapToObj(i -> new ArrayList<Option>(0)).toList();
    }

    /** At each point that it covers. */
    private static void enter(Option option, List<? extends List<Option>> byPoint) {
        Points covers = option.covers();
        for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
            byPoint.get(point).add(option);
        }
    }

    /** One point for each set of options: those in the same options are covered together. */
    private static Points toldApart(List<Option> options, Points points) {
        List<Points> optionsOf = IntStream.range(0, points.room())
                .mapToObj(i -> new Points(options.size()))
                .toList();
        for (int i = 0; i < options.size(); i++) {
            Points covers = options.get(i).covers();
            for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
                optionsOf.get(point).add(i);
            }
        }
        Set<Points> seen = new HashSet<>();
        Points apart = new Points(points.room());
        for (int point = points.next(0); point >= 0; point = points.next(point + 1)) {
            if (seen.add(optionsOf.get(point))) {
                apart.add(point);
            }
        }
        return apart;
    }

    /** Of each of these points the least that any option charges for it. */
    private static double[] prices(List<Option> options, Points points) {
        double[] price = new double[points.room()];
        Arrays.fill(price, Double.MAX_VALUE);
        for (Option option : options) {
            Points covers = option.covers().and(points);
            double each = option.bits() / covers.count();
            for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
                price[point] = Math.min(price[point], each);
            }
        }
        return price;
    }

    private static int[] dearestFirst(Points points, double[] price) {
        return IntStream.range(0, price.length)
                .filter(points::has)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -price[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The same options, where these are all the points there are, in this order. */
    private static List<Option> inOrder(int[] points, List<Option> options, int room) {
        int[] place = new int[room];
        Arrays.fill(place, NOWHERE);
        for (int i = 0; i < points.length; i++) {
            place[points[i]] = i;
        }
        return options.stream()
                .map(o -> new Option(o.text(), o.bits(), inOrder(place, o.covers(), points.length)))
                .toList();
    }

    private static Points inOrder(int[] place, Points covers, int size) {
        Points some = new Points(size);
        for (int point = covers.next(0); point >= 0; point = covers.next(point + 1)) {
            if (place[point] != NOWHERE) {
                some.add(place[point]);
            }
        }
        return some;
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
