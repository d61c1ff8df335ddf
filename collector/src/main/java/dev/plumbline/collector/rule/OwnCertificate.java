package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.PointReading.SeenChain;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.words.TargetId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a handshake shows the certificate of a denied host itself. It does when the certificate leads to a known anchor and
 * names the host, or when it is the very one that is shown to who may reach the host; never when its issuer signs for hosts of
 * others too, for a box that opens TLS shows the same certificate to everybody and may still deny.
 */
final class OwnCertificate {
    private final Set<String> boxes = new HashSet<>();
    private final Set<String> elsewhere = new HashSet<>();

    /** @param others segments that may reach the host */
    OwnCertificate(TargetId host, SegmentReading segment, List<SegmentReading> others) {
        Stream.concat(Stream.of(segment), others.stream())
                .flatMap(s -> s.points().stream())
                .forEach(this::learnBox);
        others.stream()
                .flatMap(s -> Optional.ofNullable(s.denied().get(host)).stream())
                .map(TargetReading::points)
                .flatMap(List::stream)
                .flatMap(p -> shaken(p).stream())
                .map(SeenChain::leaf)
                .forEach(elsewhere::add);
    }

    /** Of a host that has nothing to do with the denied one. */
    private void learnBox(PointReading point) {
        if (point.failed() && point.issuer().isPresent()) {
            boxes.add(point.issuer().get().leaf());
            if (point.symptom() == Symptom.FOREIGN_CHAIN || point.symptom() == Symptom.UNKNOWN_CHAIN) {
                boxes.add(point.issuer().get().issuer());
            }
        }
    }

    boolean isShownBy(PointReading point) {
        return point.symptom() != Symptom.BLOCK_PAGE
                && shaken(point)
                        .filter(c -> !isOfBox(c) && (point.proved() || elsewhere.contains(c.leaf())))
                        .isPresent();
    }

    private boolean isOfBox(SeenChain chain) {
        return boxes.contains(chain.leaf()) || boxes.contains(chain.issuer());
    }

    /** Why a connection that was accepted does not show whose it is, for the end of a sentence. */
    String doubt(PointReading point) {
        return shaken(point)
                .map(c -> "with a certificate of " + c.issuer() + doubt(c, point.symptom()))
                .orElse("and no certificate shows by whom");
    }

    private String doubt(SeenChain shown, Symptom symptom) {
        if (isOfBox(shown)) {
            return ", shown for hosts of others too: a device on the way answers";
        }
        if (symptom == Symptom.BLOCK_PAGE) {
            return ", and a page that blocks comes after it";
        }
        return elsewhere.isEmpty()
                ? ", which leads to no known anchor, and nobody else sees one to compare it with"
                : ", which is not the one that others see";
    }

    /** A handshake stands, whoever it is with. */
    static boolean hasShaken(PointReading point) {
        return shaken(point).isPresent();
    }

    /** The same certificate at the end of both handshakes. */
    static boolean isSame(PointReading one, PointReading other) {
        return hasShaken(one)
                && shaken(one).map(SeenChain::leaf).equals(shaken(other).map(SeenChain::leaf));
    }

    static String issuer(PointReading point) {
        return shaken(point).map(SeenChain::issuer).orElse("nobody known");
    }

    /** Whoever ended a handshake has the key of what he showed. */
    private static Optional<SeenChain> shaken(PointReading point) {
        return point.issuer()
                .filter(c -> point.handshakes().stream()
                        .anyMatch(h -> h.failure().isNone()
                                && !h.certificates().isEmpty()
                                && h.certificates().get(0).hex().equals(c.leaf())));
    }
}
