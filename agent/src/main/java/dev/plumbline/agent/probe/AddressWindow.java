package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Endpoints;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which addresses of one family are talked to beyond CONNECT: the first few, in an order that the round number turns, of
 * those that did not fail. Pure: told what happened, it says what is due.
 */
final class AddressWindow {
    private enum State {
        PENDING,
        CONNECTED,
        FAILED,
        DUE
    }

    private final int size;
    private final State[] states;

    /** @param size how many addresses are talked to at most */
    AddressWindow(int addresses, int size) {
        this.size = size;
        this.states = new State[addresses];
        Arrays.fill(states, State.PENDING);
    }

    /** The same order for every agent of a site, whatever order its resolver answered in. */
    static List<InetAddress> order(List<InetAddress> addresses, long round) {
        List<InetAddress> sorted = new ArrayList<>(addresses);
        sorted.sort(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned)
                .thenComparing(Endpoints::text));
        if (!sorted.isEmpty()) {
            // Rounds are aligned instants, so the plain remainder would always begin at the same address.
            long mixed = (round ^ (round >>> 33)) * 0xff51afd7ed558ccdL;
            mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
            Collections.rotate(sorted, -(int) Math.floorMod(mixed ^ (mixed >>> 33), (long) sorted.size()));
        }
        return sorted;
    }

    /** The address at this place connected; returns the places to talk to now. */
    List<Integer> connected(int place) {
        states[place] = State.CONNECTED;
        return due();
    }

    /** The address at this place failed; returns the places to talk to now. */
    List<Integer> failed(int place) {
        states[place] = State.FAILED;
        return due();
    }

    /** Places that connected and will never be talked to. */
    List<Integer> idle() {
        int before = 0;
        List<Integer> idle = new ArrayList<>();
        for (int place = 0; place < states.length; place++) {
            if (states[place] == State.DUE) {
                before++;
            } else if (states[place] == State.CONNECTED && before >= size) {
                idle.add(place);
            }
        }
        return idle;
    }

    boolean isDue(int place) {
        return states[place] == State.DUE;
    }

    private List<Integer> due() {
        List<Integer> due = new ArrayList<>();
        int inWindow = 0;
        for (int place = 0; place < states.length && inWindow < size; place++) {
            if (states[place] == State.FAILED) {
                continue;
            }
            inWindow++;
            if (states[place] == State.CONNECTED) {
                states[place] = State.DUE;
                due.add(place);
            }
        }
        return due;
    }
}
