package dev.plumbline.collector.judge;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.collector.evidence.HoldReading;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.Reaped;
import dev.plumbline.collector.evidence.Symptom;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reduces a target's reading to what can be compared with that of another segment. */
final class Sights {
    /** With what TTL or hop limit hosts send: what arrives with less was sent with the next one above. */
    private static final int[] INITIAL_TTLS = {64, 128, 255};

    private Sights() {}

    static Seen of(TargetReading target, List<HoldReading> holds) {
        List<String> issuers = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        int least = 0;
        int most = 0;
        for (PointReading point : target.points()) {
            point.issuer().map(PointReading.SeenChain::issuer).ifPresent(issuers::add);
            point.point()
                    .address()
                    .map(Sights::place)
                    .or(() -> whyNone(point.symptom()))
                    .ifPresent(answers::add);
            int hops = hops(point.whoAnswered());
            if (hops > 0) {
                least = least == 0 ? hops : Math.min(least, hops);
                most = Math.max(most, hops);
            }
        }
        return new Seen(issuers, answers, least, most, idle(target.target().id(), holds));
    }

    private static String place(String address) {
        if (Block.isApple(address)) {
            return Seen.APPLE;
        }
        return Block.isSpecial(address) ? address : Seen.ELSEWHERE;
    }

    private static Optional<String> whyNone(Symptom symptom) {
        return switch (symptom) {
            case DNS_NXDOMAIN -> Optional.of("NXDOMAIN");
            case DNS_REFUSED -> Optional.of("REFUSED");
            case DNS_SERVFAIL -> Optional.of("SERVFAIL");
            case DNS_SILENT -> Optional.of("no answer");
            case DNS_TRUNCATED -> Optional.of("truncated");
            case DNS_NO_DATA -> Optional.of("no address");
            default -> Optional.empty();
        };
    }

    private static int hops(WhoAnswered who) {
        if (who.answeringHop() > 0) {
            return who.answeringHop();
        }
        for (int initial : INITIAL_TTLS) {
            if (who.arrivingTtl() > 0 && who.arrivingTtl() <= initial) {
                return initial - who.arrivingTtl() + 1;
            }
        }
        return 0;
    }

    private static Seen.Idle idle(TargetId target, List<HoldReading> holds) {
        for (HoldReading reading : holds) {
            if (reading.holds().stream().anyMatch(h -> h.target().equals(target))) {
                Optional<HoldReading.Cut> cut = reading.cut();
                return new Seen.Idle(
                        whole(reading.oldestStanding()),
                        // Seconds are kept: what ended within the first one ended at some age.
                        cut.map(c -> c.youngest().toSeconds() == 0 ? Duration.ofSeconds(1) : whole(c.youngest()))
                                .orElse(Duration.ZERO),
                        cut.map(HoldReading.Cut::how).map(Sights::word).orElse(""));
            }
        }
        return Seen.Idle.NOT_HELD;
    }

    private static Duration whole(Duration age) {
        return Duration.ofSeconds(age.toSeconds());
    }

    private static String word(Reaped how) {
        return how.name().toLowerCase(Locale.ROOT);
    }
}
