package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The distinct addresses of points in order, so that every block is one stretch of places, and which points are at each. */
final class Addresses {
    private static final int NOWHERE = -1;

    /** A point at its address. */
    private record Seat(Address address, int point) implements Comparable<Seat> {
        @Override
        public int compareTo(Seat other) {
            int first = address.compareTo(other.address);
            return first != 0 ? first : Integer.compare(point, other.point);
        }
    }

    private final List<Address> all = new ArrayList<>();
    private final List<Seat> seats;
    private final int[] placeOf;

    /** Of each place its first seat, and the end. */
    private final int[] firstSeat;

    private Addresses(List<Seat> seats, int points) {
        this.seats = seats;
        placeOf = new int[points];
        Arrays.fill(placeOf, NOWHERE);
        firstSeat = new int[seats.size() + 1];
        for (int i = 0; i < seats.size(); i++) {
            Address address = seats.get(i).address();
            if (all.isEmpty() || address.compareTo(all.get(all.size() - 1)) != 0) {
                firstSeat[all.size()] = i;
                all.add(address);
            }
            placeOf[seats.get(i).point()] = all.size() - 1;
        }
        firstSeat[all.size()] = seats.size();
    }

    /** Filled point by point. */
    static final class Filling {
        private final List<Seat> seats = new ArrayList<>();

        void add(Address address, int point) {
            seats.add(new Seat(address, point));
        }

        Addresses done(int points) {
            Collections.sort(seats);
            return new Addresses(List.copyOf(seats), points);
        }
    }

    /** How many places there are. */
    int size() {
        return all.size();
    }

    /** Where several literals write the same address, the one of the first point. */
    Address get(int place) {
        return all.get(place);
    }

    /** Places of these points; those without an address are nowhere. */
    Points places(Points points) {
        Points places = new Points(all.size());
        for (int point = points.next(0); point >= 0; point = points.next(point + 1)) {
            if (placeOf[point] != NOWHERE) {
                places.add(placeOf[point]);
            }
        }
        return places;
    }

    /** Those of these points that are at the places. */
    Points at(Points places, Points points) {
        Points some = new Points(placeOf.length);
        for (int point = points.next(0); point >= 0; point = points.next(point + 1)) {
            if (placeOf[point] != NOWHERE && places.has(placeOf[point])) {
                some.add(point);
            }
        }
        return some;
    }

    /** Adds to some those of these points that are at a place. */
    void add(int place, Points points, Points some) {
        for (int seat = firstSeat[place]; seat < firstSeat[place + 1]; seat++) {
            int point = seats.get(seat).point();
            if (points.has(point)) {
                some.add(point);
            }
        }
    }

    Points in(Block block) {
        Address network = Address.network(block);
        int found = Collections.binarySearch(all, network);
        Points inside = new Points(placeOf.length);
        for (int place = found < 0 ? -found - 1 : found; isIn(place, network, block.prefix()); place++) {
            add(place, inside);
        }
        return inside;
    }

    private boolean isIn(int place, Address network, int prefix) {
        return place < all.size() && all.get(place).isIn(network, prefix);
    }

    private void add(int place, Points points) {
        for (int seat = firstSeat[place]; seat < firstSeat[place + 1]; seat++) {
            points.add(seats.get(seat).point());
        }
    }
}
