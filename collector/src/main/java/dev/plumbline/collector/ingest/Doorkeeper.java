package dev.plumbline.collector.ingest;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may be at a port: strangers are bounded in all and of one neighbourhood, until they prove who they are. A stranger who is
 * over the bound is turned away, unless another one has been dallying for longer than an honest one would: that one gives way. So
 * a flood from one address takes no place of others, and one from many addresses none for long. Time is an argument. Any thread.
 */
final class Doorkeeper {
    private final Gate.Bound bound;
    private final int members;
    private final int ofOneMember;
    /** In the order of their coming. */
    private final Set<Guest> strangers = new LinkedHashSet<>();

    private final Map<SocketAddress, Guest> inside = new HashMap<>();
    private final Tally<Neighbourhood> strangersOf = new Tally<>();
    private final Tally<String> connectionsOf = new Tally<>();
    private int proved;
    private long turnedAway;
    private long gaveWay;
    private int mostStrangers;

    /**
     * @param members connections that proved who they are, in all
     * @param ofOneMember and of one identity from one neighbourhood
     */
    Doorkeeper(Gate.Bound bound, int members, int ofOneMember) {
        this.bound = bound;
        this.members = members;
        this.ofOneMember = ofOneMember;
    }

    /** What happened at the door since it was opened. */
    record Seen(int strangers, int mostStrangers, int members, long turnedAway, long gaveWay) {}

    /**
     * A connection came.
     *
     * @param line called without any lock that matters to the caller
     * @return empty when it is turned away
     */
    Optional<Guest> admit(InetSocketAddress from, long nowNanos, Line line) {
        Guest dallying = null;
        Guest guest = new Guest(from, Neighbourhood.of(from.getAddress()), nowNanos, line);
        synchronized (this) {
            boolean isCrowd = strangersOf.of(guest.neighbourhood()) >= bound.ofOne();
            if (isCrowd || strangers.size() >= bound.all()) {
                dallying = longest(isCrowd ? guest.neighbourhood() : null, nowNanos);
                if (dallying == null) {
                    turnedAway++;
                    return Optional.empty();
                }
                gaveWay++;
                forget(dallying);
            }
            strangers.add(guest);
            mostStrangers = Math.max(mostStrangers, strangers.size());
            strangersOf.enter(guest.neighbourhood());
            inside.put(from, guest);
        }
        if (dallying != null) {
            dallying.cut();
        }
        return Optional.of(guest);
    }

    private @Nullable Guest longest(@Nullable Neighbourhood of, long now) {
        for (Guest stranger : strangers) {
            if (now - stranger.sinceNanos() < bound.grace().toNanos()) {
                return null;
            }
            if (of == null || of.equals(stranger.neighbourhood())) {
                return stranger;
            }
        }
        return null;
    }

    /** Whose connection it is; empty when it has ended. */
    synchronized Optional<Guest> guest(@Nullable SocketAddress from) {
        return Optional.ofNullable(inside.get(from));
    }

    /**
     * A connection showed a certificate of the site, or a call on it a token; false when there are too many of these already. What it
     * is counted by stays that of the first time.
     */
    synchronized boolean proved(Guest guest, String identity) {
        if (!strangers.remove(guest)) {
            return guest.member().isPresent();
        }
        strangersOf.leave(guest.neighbourhood());
        String one = identity + " " + guest.neighbourhood();
        if (proved >= members || connectionsOf.of(one) >= ofOneMember) {
            turnedAway++;
            return false;
        }
        proved++;
        connectionsOf.enter(one);
        guest.prove(one);
        return true;
    }

    /** A connection ended. */
    synchronized void left(Guest guest) {
        forget(guest);
        guest.member().ifPresent(one -> {
            proved--;
            connectionsOf.leave(one);
        });
    }

    private void forget(Guest guest) {
        inside.remove(guest.address(), guest);
        if (strangers.remove(guest)) {
            strangersOf.leave(guest.neighbourhood());
        }
    }

    int strangersLimit() {
        return bound.all();
    }

    int membersLimit() {
        return members;
    }

    synchronized Seen seen() {
        return new Seen(strangers.size(), mostStrangers, proved, turnedAway, gaveWay);
    }
}
