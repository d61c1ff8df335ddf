package dev.plumbline.collector.ingest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which streams of one identity stand when one more comes. Pure.
 *
 * <p>Streams of several installations stand beside each other, so that an operator sees that a key was copied. When all places
 * are taken the newcomer is refused: whoever comes last has proved nothing that the others have not, and a thief who could push
 * out the oldest would silence the honest one by connecting a few times. Two things are worth more than coming first. A
 * certificate that began later was renewed or given by an operator since, so its holder gets in, in the place of the earliest
 * certificate. And the installation that the collector has known for longest gets in, in the place of the youngest of others: a
 * thief cannot fill the places while it reconnects, unless he has the files of its spool as well.
 */
final class Places {
    private Places() {}

    /**
     * @param replaced dead streams of the same host
     * @param givesWay the one that has to go, although it lives
     * @param isAdmitted false when the newcomer is to go
     */
    record Decision(List<ConnectedAgent> replaced, Optional<ConnectedAgent> givesWay, boolean isAdmitted) {}

    /**
     * @param live streams of the identity, the oldest first
     * @param first the installation that is known for longest
     */
    static Decision decide(List<ConnectedAgent> live, ConnectedAgent next, UUID first) {
        List<ConnectedAgent> replaced = live.stream().filter(next::isSameHost).toList();
        if (live.size() - replaced.size() < Bounds.CLONES) {
            return new Decision(replaced, Optional.empty(), true);
        }
        Optional<ConnectedAgent> givesWay = earlier(live, next)
                .or(() -> next.incarnation().equals(first) ? youngestOther(live, first) : Optional.empty());
        return new Decision(replaced, givesWay, givesWay.isPresent());
    }

    private static Optional<ConnectedAgent> earlier(List<ConnectedAgent> live, ConnectedAgent next) {
        return live.stream()
                .filter(l -> begun(l).isBefore(begun(next)))
                .min(Comparator.comparing(Places::begun)
                        .thenComparing(
                                Comparator.comparing(ConnectedAgent::since).reversed()));
    }

    private static Optional<ConnectedAgent> youngestOther(List<ConnectedAgent> live, UUID first) {
        return live.stream()
                .filter(l -> !l.incarnation().equals(first))
                .max(Comparator.comparing(ConnectedAgent::since));
    }

    private static Instant begun(ConnectedAgent agent) {
        return agent.caller().certificate().getNotBefore().toInstant();
    }
}
