package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses cannot be what the names stand for: given for names that have nothing to do with each other, or addresses of
 * no public host at all. Content networks share addresses too: an address at which anything proved itself is never suspect.
 */
final class Answers {
    private static final int UNRELATED = 3;

    private final Map<String, Set<String>> domainsByAddress = new HashMap<>();
    private final Set<String> proved = new HashSet<>();

    Answers(SegmentReading segment) {
        for (TargetReading reading : segment.targets().values()) {
            for (PointReading point : reading.points()) {
                point.point().address().ifPresent(address -> {
                    domainsByAddress
                            .computeIfAbsent(address, a -> new HashSet<>())
                            .add(Domains.registrable(reading.target().host()));
                    if (point.proved()) {
                        proved.add(address);
                    }
                });
            }
        }
    }

    boolean suspect(String address) {
        return !proved.contains(address)
                && (domainsByAddress.getOrDefault(address, Set.of()).size() >= UNRELATED || leadsNowhere(address));
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
