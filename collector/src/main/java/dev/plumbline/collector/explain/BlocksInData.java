package dev.plumbline.collector.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * Blocks found in the data: of a set of points, the widest blocks in which every address is wanted and none unwanted, each by
 * the roundest length that the data allow.
 */
final class BlocksInData {
    /** Lengths that people write, the likelier first. */
    private static final int[] FOUR = {8, 16, 24, 32, 20, 22, 12, 28};

    private static final int[] SIX = {32, 48, 64, 128, 56, 40};

    private final Addresses addresses;
    private final Points want;
    private final int[] places;

    /** How many of the places before each are wanted, and how many are not. */
    private final int[] wantedBefore;

    private final int[] unwantedBefore;
    private final List<Word> found = new ArrayList<>();

    private BlocksInData(Addresses addresses, Points want, Points wanted, Points unwanted) {
        this.addresses = addresses;
        this.want = want;
        Points both = wanted.with(unwanted);
        places = new int[both.count()];
        wantedBefore = new int[places.length + 1];
        unwantedBefore = new int[places.length + 1];
        int place = -1;
        for (int i = 0; i < places.length; i++) {
            place = both.next(place + 1);
            places[i] = place;
            wantedBefore[i + 1] = wantedBefore[i] + (wanted.has(place) ? 1 : 0);
            unwantedBefore[i + 1] = unwantedBefore[i] + (unwanted.has(place) ? 1 : 0);
        }
    }

    /** Blocks with the wanted points in them; an address with points of both kinds is in none. */
    static List<Word> of(Addresses addresses, Points want, Points avoid) {
        return of(addresses, want, addresses.places(want), addresses.places(avoid));
    }

    /**
     * The same.
     *
     * @param wanted places of the wanted points
     * @param unwanted places that must be in none
     */
    static List<Word> of(Addresses addresses, Points want, Points wanted, Points unwanted) {
        BlocksInData blocks = new BlocksInData(addresses, want, wanted, unwanted);
        int sixes = 0;
        while (sixes < blocks.places.length && !blocks.address(sixes).isSix()) {
            sixes++;
        }
        blocks.split(0, sixes, 0);
        blocks.split(sixes, blocks.places.length, 0);
        return blocks.found;
    }

    private Address address(int i) {
        return addresses.get(places[i]);
    }

    /** @param shortest bits that tell this stretch from its neighbours */
    private void split(int from, int to, int shortest) {
        if (wantedBefore[from] == wantedBefore[to]) {
            return;
        }
        boolean mixed = unwantedBefore[from] < unwantedBefore[to];
        Address first = address(from);
        int common = to - from == 1 ? first.size() : first.common(address(to - 1));
        // Addresses without a bit in common lie in no block.
        if (!mixed && common > 0) {
            // Of one address nothing is known but itself.
            int prefix = to - from == 1 ? common : length(first, shortest, common);
            found.add(Word.of(first, prefix, wanted(from, to)));
        } else if (to - from > 1) {
            int middle = from + 1;
            while (first.common(address(middle)) > common) {
                middle++;
            }
            split(from, middle, common + 1);
            split(middle, to, common + 1);
        }
    }

    private Points wanted(int from, int to) {
        Points stretch = new Points(want.room());
        for (int i = from; i < to; i++) {
            addresses.add(places[i], want, stretch);
        }
        return stretch;
    }

    private static int length(Address address, int shortest, int longest) {
        for (int length : address.isSix() ? SIX : FOUR) {
            if (length >= shortest && length <= longest) {
                return length;
            }
        }
        return longest;
    }
}
