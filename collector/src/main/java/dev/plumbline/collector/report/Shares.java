package dev.plumbline.collector.report;

import dev.plumbline.v1.TimeShares;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a timeline's period is divided. The parts sum up to it. */
record Shares(Period period, Map<Standing, Duration> parts) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    Shares {
        parts = Map.copyOf(parts);
        Duration sum = parts.values().stream().reduce(Duration.ZERO, Duration::plus);
        if (!sum.equals(period.length())) {
            throw new IllegalArgumentException("the parts of " + period + " sum up to " + sum);
        }
    }

    static Shares of(Timeline timeline) {
        Map<Standing, Duration> parts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            parts.put(standing, timeline.total(standing));
        }
        return new Shares(timeline.period(), parts);
    }

    Duration part(Standing standing) {
        return parts.getOrDefault(standing, Duration.ZERO);
    }

    Duration unknown() {
        return period.length()
                .minus(part(Standing.MET))
                .minus(part(Standing.WAIVED))
                .minus(part(Standing.BROKEN));
    }

    private int perMillion(Duration part) {
        return perMillion(part, period.length());
    }

    /** Neither the whole nor nothing is claimed where it is not so. */
    static int perMillion(Duration part, Duration whole) {
        if (part.isZero()) {
            return 0;
        }
        if (part.equals(whole)) {
            return MILLION.intValueExact();
        }
        int share = nanos(part).multiply(MILLION).divide(nanos(whole)).intValueExact();
        return Math.max(1, share);
    }

    private static BigInteger nanos(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(TimeUnit.SECONDS.toNanos(1)))
                .add(BigInteger.valueOf(duration.getNano()));
    }

    TimeShares message() {
        return TimeShares.newBuilder()
                .setMet(duration(part(Standing.MET)))
                .setWaived(duration(part(Standing.WAIVED)))
                .setBroken(duration(part(Standing.BROKEN)))
                .setUndecided(duration(part(Standing.UNDECIDED)))
                .setSilent(duration(part(Standing.SILENT)))
                .setNotJudged(duration(part(Standing.NOT_JUDGED)))
                .setNotRemembered(duration(part(Standing.NOT_REMEMBERED)))
                .setMetPerMillion(perMillion(part(Standing.MET)))
                .setWaivedPerMillion(perMillion(part(Standing.WAIVED)))
                .setBrokenPerMillion(perMillion(part(Standing.BROKEN)))
                .setUnknownPerMillion(perMillion(unknown()))
                .build();
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
