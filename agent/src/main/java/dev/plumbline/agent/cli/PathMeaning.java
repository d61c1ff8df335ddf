package dev.plumbline.agent.cli;

import dev.plumbline.agent.net.HopAnswer;
import dev.plumbline.agent.net.PortPath;
import dev.plumbline.words.WhoAnswered;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One sentence on what the answers of several ports of one address mean together. Pure. */
final class PathMeaning {
    private final PortPath asked;
    private final Optional<PortPath> other;
    private final String host;

    private PathMeaning(String host, PortPath asked, Optional<PortPath> other) {
        this.host = host;
        this.asked = asked;
        this.other = other;
    }

    /** @param paths the port that was asked for first, those beside which it is held after it */
    static String of(String host, List<PortPath> paths) {
        // The port that is answered farthest away is the likeliest to be answered by the server itself.
        Optional<PortPath> other = paths.stream()
                .skip(1)
                .filter(path -> path.answer().isTcp())
                .max(Comparator.comparing((PortPath path) -> path.answer() == HopAnswer.ACCEPTED)
                        .thenComparing(path -> distance(path).orElse(0)));
        PathMeaning meaning = new PathMeaning(host, paths.get(0), other);
        String beside = paths.stream()
                .skip(1)
                .map(path -> Integer.toString(path.port()))
                .collect(Collectors.joining(" and "));
        return switch (paths.get(0).answer()) {
            case ACCEPTED -> meaning.accepted(beside);
            case RESET -> meaning.reset(beside);
            case ROUTER -> meaning.forbidden();
            case SILENCE -> meaning.silent(beside);
            case NOT_ASKED -> "This host could not ask: it has no route there, or no address of this family.";
        };
    }

    private String accepted(String beside) {
        if (other.isEmpty()) {
            return where(asked) + "; nobody answers on port " + beside + ", so there is nothing to compare it with.";
        }
        PortPath far = other.get();
        OptionalInt here = distance(asked);
        OptionalInt there = distance(far);
        if (here.isEmpty() || there.isEmpty()) {
            return where(asked) + ", " + lower(where(far)) + ": not enough was measured to compare them.";
        }
        if (here.getAsInt() < there.getAsInt()) {
            return both(far) + ": a box " + away(here.getAsInt()) + " answers port " + asked.port() + " for " + host
                    + ".";
        }
        if (here.getAsInt() > there.getAsInt()) {
            return both(far) + ": a box " + away(there.getAsInt()) + " answers port " + far.port() + " for " + host
                    + ".";
        }
        if (ttlsDiffer(far)) {
            return both(far) + ", but the answers arrive with TTL " + asked.arrivingTtl() + " and " + far.arrivingTtl()
                    + ": they come from different machines.";
        }
        return both(far) + ": "
                + (here.getAsInt() == 1
                        ? host + " is the next machine, or a box there answers for everybody."
                        : "one machine answers both.");
    }

    private String reset(String beside) {
        if (other.isEmpty()) {
            return "Port " + asked.port() + " is reset" + ttl(asked) + "; nobody answers on port " + beside
                    + ", so nothing tells whether " + host + " did it.";
        }
        PortPath far = other.get();
        boolean measured = asked.arrivingTtl() > 0 && far.arrivingTtl() > 0;
        if (measured ? ttlsDiffer(far) : nearer(far)) {
            return "Port " + asked.port() + " is reset" + ttl(asked) + ", " + lower(where(far)) + ttl(far)
                    + ": a filter " + filter() + " resets it, not " + host + ".";
        }
        return "Port " + asked.port() + " is reset" + ttl(asked) + " from as far as port " + far.port()
                + " is answered: by " + host + " itself, or right in front of it.";
    }

    private String forbidden() {
        return "A router says that port " + asked.port() + " of " + host + " cannot be reached (ICMP)"
                + other.map(far -> ", and " + lower(where(far)) + ": it is forbidden on the way.")
                        .orElse(": it is forbidden on the way, or the host is missing.");
    }

    private String silent(String beside) {
        String routers = asked.lastRouter() == 0
                ? "no router speaks"
                : "routers speak up to hop " + asked.lastRouter() + ", so it is lost there or behind";
        return "Nobody answers on port " + asked.port() + "; " + routers
                + other.map(far -> "; " + lower(where(far)) + ": it is dropped on the way.")
                        .orElse("; nobody answers on port " + beside + ", either.");
    }

    private boolean nearer(PortPath far) {
        OptionalInt here = asked.answeringHop();
        OptionalInt there = far.answeringHop();
        return here.isPresent() && there.isPresent() && here.getAsInt() < there.getAsInt();
    }

    /** The router of hop k passes a packet to its filter when the TTL allows one hop more. */
    private String filter() {
        OptionalInt sender = asked.senderHop();
        if (sender.isPresent()) {
            return away(sender.getAsInt());
        }
        int hop = asked.answeringHop().orElse(1);
        return away(Math.max(1, hop - 1));
    }

    private boolean ttlsDiffer(PortPath far) {
        return asked.arrivingTtl() != WhoAnswered.NOT_MEASURED
                && far.arrivingTtl() != WhoAnswered.NOT_MEASURED
                && asked.arrivingTtl() != far.arrivingTtl();
    }

    private String both(PortPath far) {
        return where(asked) + ", port " + far.port() + " at hop "
                + distance(far).orElse(0);
    }

    private static OptionalInt distance(PortPath path) {
        return path.answeringHop().isPresent() ? path.answeringHop() : path.senderHop();
    }

    private static String where(PortPath path) {
        return "Port " + path.port() + " is " + (path.answer() == HopAnswer.RESET ? "reset" : "answered")
                + (distance(path).isPresent() ? " at hop " + distance(path).getAsInt() : "");
    }

    private static String ttl(PortPath path) {
        return path.arrivingTtl() == WhoAnswered.NOT_MEASURED ? "" : " (TTL " + path.arrivingTtl() + ")";
    }

    private static String away(int hops) {
        return hops == 1 ? "one hop from here" : hops + " hops from here";
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
