package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Handshake;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody ends every hello that offers TLS 1.3, whatever name it is for, and lets one of 1.2 alone through (RFC 8446 appendix
 * D.4 knows such boxes as version intolerant). Couriers and the provider API are asked both; what ends in the same way on the
 * segment under a neutral name too belongs to it. Where the hello stays without any answer 1.2 alone is not asked: that may as
 * well be the path's MTU, or a peer that is gone.
 */
final class VersionBroken implements Rule {
    private static final Set<Symptom> ANSWERED = EnumSet.of(Symptom.TLS_RESET, Symptom.TLS_CLOSED, Symptom.TLS_REFUSED);

    @Override
    public String id() {
        return "version-broken";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> shown = Failures.of(open, p -> isOfAnyName(p) && oldStands(p));
        if (shown.isEmpty()) {
            return List.of();
        }
        Set<Symptom> symptoms = shown.stream().map(f -> f.point().symptom()).collect(Collectors.toSet());
        String hosts = shown.stream()
                .map(f -> f.target().target().id().value())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of(new Claim(
                id(),
                Mechanism.TLS_VERSION_BROKEN,
                Optional.empty(),
                Failures.of(open, p -> isOfAnyName(p) && symptoms.contains(p.symptom())),
                "hellos that offer TLS 1.3 are ended, and of TLS 1.2 alone handshakes stand with " + hosts));
    }

    private static boolean isOfAnyName(PointReading point) {
        return ANSWERED.contains(point.symptom()) && !point.neutralSurvives();
    }

    private static boolean oldStands(PointReading point) {
        return point.apart()
                .only("TLSv1.2")
                .map(Handshake::failure)
                .filter(failure -> failure.isNone())
                .isPresent();
    }
}
