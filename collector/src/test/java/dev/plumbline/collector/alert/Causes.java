package dev.plumbline.collector.alert;

import dev.plumbline.collector.Samples;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.remedy.Configuration;
import dev.plumbline.collector.remedy.Dialect;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Incidents, and a writer of alerts about them, for tests. */
public final class Causes {
    public static final Instant T0 = Samples.T0;

    private Causes() {}

    public static Finding finding(String place, String mechanism, String scope) {
        Place where = place.equals("site") || place.equals("apple") ? new Place(place) : Place.of(new SegmentId(place));
        return Samples.finding(where, Mechanism.ofId(mechanism), scope);
    }

    public static Incident open(String id, Finding finding, Instant at) {
        return new Incident(id, finding, at, Optional.empty(), at.toEpochMilli());
    }

    public static Incident open(String id) {
        return open(id, finding("wifi", "tcp.drop", "tcp/5223"), T0);
    }

    public static Incident closed(Incident open, Instant at) {
        return new Incident(
                open.id(),
                open.finding(),
                open.openedAt(),
                Optional.of(at),
                open.round(),
                open.reopened(),
                open.reopenedAt(),
                false,
                History.NONE);
    }

    public static Incident back(Incident closed, Instant at) {
        return new Incident(
                closed.id(),
                closed.finding(),
                closed.openedAt(),
                Optional.empty(),
                at.toEpochMilli(),
                closed.reopened() + 1,
                Optional.of(at),
                false,
                History.NONE);
    }

    public static Incident waived(Incident open) {
        return with(
                open,
                open.finding().excused(new Excuse(Excuse.Kind.WAIVED, "waived by Kim until 2026-12-31: old box")));
    }

    public static Incident with(Incident open, Finding finding) {
        return new Incident(
                open.id(),
                finding,
                open.openedAt(),
                open.closedAt(),
                open.round(),
                open.reopened(),
                open.reopenedAt(),
                open.flapping(),
                open.history());
    }

    public static AlertWriter.Background background() {
        return new AlertWriter.Background() {
            @Override
            public String service(TargetId target) {
                return "apns";
            }

            @Override
            public List<Configuration> remedies(String incident, Finding finding) {
                return List.of(
                        new Configuration(Dialect.NFTABLES, List.of("# finding " + incident, "tcp dport 5223 accept")),
                        new Configuration(Dialect.ASA, List.of("! finding " + incident, "access-list ...")));
            }
        };
    }

    public static Alert opened() {
        return writer(() -> "msg_1").of(Alert.Kind.OPENED, open("i1"), T0, "");
    }

    public static AlertWriter writer(Supplier<String> ids) {
        return new AlertWriter(
                "campus", Optional.of(URI.create("https://plumbline.example")), Optional.empty(), background(), ids);
    }
}
