package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses cannot be what the names stand for: given for most of the names, which have nothing to do with each other, or
 * addresses of no public host at all. Content networks share addresses too, but never among most names of the catalog; and an
 * address at which a name proved itself by its certificate is never suspect. An address that several names share here, and
 * none has on other segments, where they lie apart, is no content network's either. What needs none, as a time or an odd HTTP status,
 * anybody can answer.
 */
final class Answers {
    private static final int FEWEST_DOMAINS = 3;
    private static final int FEWEST_NAMES = 3;
    private static final double SHARE_OF_DOMAINS = 0.6;

    /** 172.16.0.0/12, fc00::/7 and fe80::/10. */
    private final Map<String, Set<String>> hostsByAddress = new HashMap<>();

    private final Set<String> proved = new HashSet<>();
    private final Set<String> domains = new HashSet<>();
    private final Map<String, Boolean> suspects = new HashMap<>();
    private final List<SegmentReading> others;

    /** As far as the segment alone can tell. */
    Answers(SegmentReading segment) {
        this(segment, List.of());
    }

    /** @param others segments whose answers for the same names may be compared */
    Answers(SegmentReading segment, List<SegmentReading> others) {
        this.others = others;
        for (TargetReading reading : segment.targets().values()) {
            String host = reading.target().host();
            if (reading.any(p -> p.point().address().isPresent())) {
                domains.add(Domains.registrable(host));
            }
            for (PointReading point : reading.points()) {
                point.point().address().ifPresent(address -> {
                    hostsByAddress
                            .computeIfAbsent(address, a -> new HashSet<>())
                            .add(host);
                    if (point.proved() && point.issuer().isPresent()) {
                        proved.add(address);
                    }
                });
            }
        }
    }

    /** Many names share an address: it is looked at once. */
    boolean suspect(String address) {
        return suspects.computeIfAbsent(address, this::isSuspect);
    }

    private boolean isSuspect(String address) {
        return !proved.contains(address) && (Block.isSpecial(address) || standsForMost(address) || gathers(address));
    }

    /** Names that have it in common here have nothing in common elsewhere, where nobody has it. */
    private boolean gathers(String address) {
        Set<String> hosts = hostsByAddress.getOrDefault(address, Set.of());
        if (hosts.size() < FEWEST_NAMES) {
            return false;
        }
        Map<String, Set<String>> hostsThere = new HashMap<>();
        Set<String> heard = new HashSet<>();
        for (SegmentReading other : others) {
            for (TargetReading reading : other.targets().values()) {
                String host = reading.target().host();
                if (hosts.contains(host)) {
                    for (PointReading point : reading.points()) {
                        if (point.point().address().isPresent()) {
                            hostsThere
                                    .computeIfAbsent(point.point().address().get(), a -> new HashSet<>())
                                    .add(host);
                            if (point.proved()) {
                                heard.add(host);
                            }
                        }
                    }
                }
            }
        }
        return heard.size() >= FEWEST_NAMES
                && !hostsThere.containsKey(address)
                && hostsThere.values().stream().allMatch(together -> 2 * together.size() <= heard.size());
    }

    private boolean standsForMost(String address) {
        Set<String> hosts = hostsByAddress.getOrDefault(address, Set.of());
        if (hosts.size() < FEWEST_DOMAINS) {
            return false;
        }
        long here = hosts.stream().map(Domains::registrable).distinct().count();
        return here >= FEWEST_DOMAINS && here >= SHARE_OF_DOMAINS * domains.size();
    }
}
