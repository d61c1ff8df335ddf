package dev.plumbline.collector.finding;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.Samples;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutOfSightTest {
    private static final Instant BEGUN = T0.plusSeconds(3600);

    /** Asks those segments for the courier, and declares the others. */
    private record Seen(Set<String> declared, Set<String> asked) implements Sight {
        @Override
        public boolean isDeclared(SegmentId segment) {
            return declared.contains(segment.value());
        }

        @Override
        public boolean isAsked(SegmentId segment, TargetId target) {
            return asked.contains(segment.value()) && target.equals(COURIER);
        }
    }

    @ParameterizedTest(name = "{0} declared {1} asked {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # PLACE | DECLARED | ASKED | CLOSED BECAUSE
            wifi    | wifi srv | wifi  | -
            wifi    | srv      | srv   | segment wifi was removed from the site
            wifi    | wifi srv | srv   | segment wifi is declared otherwise and asked for none of its targets any more
            site    | srv      | srv   | -
            apple   | srv      | srv   | -
            """)
    void whatNoRoundCanSpeakOfIsClosedWithTheReason(String place, String declared, String asked, String because) {
        Place at = place.equals("site") || place.equals("apple") ? new Place(place) : Place.of(new SegmentId(place));
        Incident open = new Incident(
                "i1", Samples.finding(at, Mechanism.TCP_DROP, "tcp/5223"), T0, Optional.empty(), T0.toEpochMilli());
        List<Incident> closed = OutOfSight.close(
                List.of(open), new Seen(Set.of(declared.split(" ", -1)), Set.of(asked.split(" ", -1))), BEGUN);
        if (because.equals("-")) {
            assertThat(closed).isEmpty();
            return;
        }
        assertThat(closed).singleElement().satisfies(i -> {
            assertThat(i.closedAt()).contains(BEGUN);
            assertThat(i.history().changes())
                    .singleElement()
                    .isEqualTo(new Change(Change.Kind.CLOSED, BEGUN.toEpochMilli(), BEGUN, because));
        });
    }
}
