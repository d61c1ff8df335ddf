package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses cannot be what the names stand for: given for most of the names, which have nothing to do with each other, or
 * addresses of no public host at all. Content networks share addresses too, but never among most names of the catalog; and an
 * address at which a name proved itself by its certificate is never suspect. What needs none, as a time or an odd HTTP status,
 * anybody can answer.
 */
final class Answers {
    private static final int FEWEST_DOMAINS = 3;
    private static final double SHARE_OF_DOMAINS = 0.6;

    private final Map<String, Set<String>> domainsByAddress = new HashMap<>();
    private final Set<String> proved = new HashSet<>();

    Answers(SegmentReading segment) {
        for (TargetReading reading : segment.targets().values()) {
            for (PointReading point : reading.points()) {
                point.point().address().ifPresent(address -> {
                    domainsByAddress
                            .computeIfAbsent(address, a -> new HashSet<>())
                            .add(Domains.registrable(reading.target().host()));
                    if (point.proved() && point.issuer().isPresent()) {
                        proved.add(address);
                    }
                });
            }
        }
    }

    boolean suspect(String address) {
        return !proved.contains(address) && (leadsNowhere(address) || standsForMost(address));
    }

    private boolean standsForMost(String address) {
        int here = domainsByAddress.getOrDefault(address, Set.of()).size();
        long all = domainsByAddress.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .count();
        return here >= FEWEST_DOMAINS && here >= SHARE_OF_DOMAINS * all;
    }

    /** Loopback, private, link-local, unspecified: RFC 6890 addresses that no public name has. */
    static boolean leadsNowhere(String address) {
        return address.startsWith("127.")
                || address.startsWith("10.")
                || address.startsWith("192.168.")
                || address.startsWith("169.254.")
                || address.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || address.equals("0.0.0.0")
                || address.equals("::")
                || address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("0:0:0:0:0:0:0:0")
                || address.matches("(?i)f[cd][0-9a-f]{2}:.*")
                || address.matches("(?i)fe[89ab][0-9a-f]:.*");
    }
}
