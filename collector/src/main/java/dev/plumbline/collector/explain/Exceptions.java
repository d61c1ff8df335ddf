package dev.plumbline.collector.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an atom would have to except so that it contradicts nothing: names or blocks that meet passing points of it
 * and no failing one, chosen greedily by bits for each point, since few are ever needed, and none that the others make needless.
 */
final class Exceptions {
    /** A rule with more than this many exceptions is none that anybody reads. */
    private static final int MOST = 8;

    private static final Comparator<Word> DEAREST =
            Comparator.comparingDouble(Word::bits).reversed().thenComparing(Word::text);

    private final Ground ground;
    private final Terrain terrain;
    private final List<Word> catalogBlocks;

    Exceptions(Ground ground, List<Word> catalogBlocks) {
        this.ground = ground;
        this.terrain = ground.terrain();
        this.catalogBlocks = catalogBlocks;
    }

    /** Empty when it would take as many bits as the limit, or too many exceptions. */
    Optional<Draft> of(Draft draft, double limit) {
        Points passing = ground.passing(draft.points());
        List<Word> possible = possible(ground.failing(draft.points()), passing);
        if (draft.bits() + (fewest(possible, passing.count()) - 1) * Bits.LEAST_EXCEPTION >= limit) {
            return Optional.empty();
        }
        List<Word> chosen = new ArrayList<>();
        Points open = passing;
        while (!open.isEmpty()) {
            Optional<Word> best = chosen.size() == MOST ? Optional.empty() : best(possible, open);
            if (best.isEmpty()) {
                return Optional.empty();
            }
            chosen.add(best.get());
            open = open.without(best.get().meets());
        }
        Draft written = draft;
        for (Word word : withoutSpare(chosen, passing)) {
            written = written.except(word);
        }
        return Optional.of(written).filter(w -> w.bits() < limit);
    }

    /** What the others meet as well needs no exception of its own: a name whose every address lies in an excepted block. */
    private static List<Word> withoutSpare(List<Word> chosen, Points passing) {
        if (meetNothingTwice(chosen, passing)) {
            return chosen;
        }
        List<Word> kept = new ArrayList<>(chosen);
        for (Word word : chosen.stream().sorted(DEAREST).toList()) {
            Points alone = passing;
            for (Word other : kept) {
                alone = other.equals(word) ? alone : alone.without(other.meets());
            }
            if (alone.isEmpty()) {
                kept.remove(word);
            }
        }
        return kept;
    }

    /** @param met by all of them together */
    private static boolean meetNothingTwice(List<Word> words, Points met) {
        int points = 0;
        for (Word word : words) {
            points += word.meets().count();
        }
        return points == met.count();
    }

    /** So many exceptions are needed at least, however little they overlap; the largest number when the most are too few. */
    private static double fewest(List<Word> possible, int passing) {
        int[] counts = new int[possible.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = possible.get(i).meets().count();
        }
        Arrays.sort(counts);
        int left = passing;
        for (int many = 1; many <= Math.min(MOST, counts.length); many++) {
            left -= counts[counts.length - many];
            if (left <= 0) {
                return many;
            }
        }
        return Double.MAX_VALUE;
    }

    /** Each with the passing points that it meets. None where some passing point is in no block and no name of its own. */
    private List<Word> possible(Points failing, Points passing) {
        List<Word> possible = new ArrayList<>();
        for (Word name : terrain.names(passing, failing)) {
            possible.add(among(passing, name));
        }
        for (Word block : catalogBlocks) {
            if (block.meets().meets(passing) && !block.meets().meets(failing)) {
                possible.add(among(passing, block));
            }
        }
        Addresses addresses = terrain.addresses();
        Points wanted = addresses.places(passing);
        Points unwanted = addresses.places(failing);
        if (isBeyond(possible, passing, wanted.without(unwanted))) {
            return List.of();
        }
        for (Word block : BlocksInData.of(addresses, passing, wanted, unwanted)) {
            if (!CatalogBlocks.WORDS.contains(block.text())) {
                possible.add(block);
            }
        }
        return possible;
    }

    private static Word among(Points passing, Word word) {
        return new Word(word.text(), word.bits(), word.meets().and(passing));
    }

    /** Whether some passing point is in none of these words, and shares its address with a failing one, or has none. */
    private boolean isBeyond(List<Word> possible, Points passing, Points places) {
        Points beyond = passing.without(terrain.addresses().at(places, passing));
        for (Word word : possible) {
            beyond = beyond.isEmpty() ? beyond : beyond.without(word.meets());
        }
        return !beyond.isEmpty();
    }

    private static Optional<Word> best(List<Word> possible, Points open) {
        Optional<Word> best = Optional.empty();
        double least = Double.MAX_VALUE;
        for (Word word : possible) {
            int points = word.meets().countIn(open);
            double each = points == 0 ? Double.MAX_VALUE : (Bits.EXCEPTION + word.bits()) / points;
            if (each < least) {
                least = each;
                best = Optional.of(word);
            }
        }
        return best;
    }
}
