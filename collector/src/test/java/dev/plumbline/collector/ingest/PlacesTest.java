package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Losses;
import dev.plumbline.words.SegmentId;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which streams of one identity stand when one more comes: an installation at an address, with the certificate of a day. */
final class PlacesTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final SiteAuthority site = SiteAuthority.create("campus.example", "campus", START);
    private final Map<String, X509Certificate> certificates = new HashMap<>();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # INSTALLATION@ADDRESS/DAY, the oldest first; who comes; known for longest; replaced; gives way; admitted
            '',                              a@1/0, a, '',    '',    true
            a@1/0,                           a@1/0, a, a@1/0, '',    true
            # It moved, or its files were copied whole: both stand.
            a@1/0,                           a@2/0, a, '',    '',    true
            # Its key was copied: both stand.
            a@1/0,                           b@2/0, a, '',    '',    true
            a@1/0 b@2/0 c@3/0,               d@4/0, a, '',    '',    true
            # Whoever comes last proves nothing by it, and pushes nobody out.
            a@1/0 b@2/0 c@3/0 d@4/0,         e@5/0, a, '',    '',    false
            b@2/0 c@3/0 d@4/0 e@5/0,         f@6/0, a, '',    '',    false
            a@1/0 b@2/0 c@3/0 d@4/0,         d@4/0, a, d@4/0, '',    true
            # The honest one reconnects while a thief holds all places.
            b@2/0 c@2/0 d@2/0 e@2/0,         a@1/0, a, '',    e@2/0, true
            # The collector was restarted and knows the thief for longer: a certificate that was given since decides.
            b@2/0 c@2/0 d@2/0 e@2/0,         a@1/0, b, '',    '',    false
            b@2/0 c@2/0 d@2/0 e@2/0,         a@1/5, b, '',    e@2/0, true
            a@1/5 b@2/0 c@2/1 d@2/1,         e@2/1, a, '',    b@2/0, true
            a@1/5 b@2/5 c@2/5 d@2/5,         e@2/1, a, '',    '',    false
            """)
    void whoStands(String live, String next, String first, String replaced, String givesWay, boolean isAdmitted) {
        List<ConnectedAgent> standing = new ArrayList<>();
        for (String each : live.isEmpty() ? List.<String>of() : List.of(live.split(" ", -1))) {
            standing.add(agent(each, standing.size()));
        }
        Places.Decision decision = Places.decide(standing, agent(next, standing.size()), installation(first));
        assertThat(decision.replaced().stream().map(PlacesTest::said).toList())
                .isEqualTo(replaced.isEmpty() ? List.of() : List.of(replaced.substring(0, 3)));
        assertThat(decision.givesWay().map(PlacesTest::said))
                .isEqualTo(givesWay.isEmpty() ? Optional.empty() : Optional.of(givesWay.substring(0, 3)));
        assertThat(decision.isAdmitted()).isEqualTo(isAdmitted);
    }

    private static String said(ConnectedAgent agent) {
        return (char) agent.incarnation().getLeastSignificantBits() + "@"
                + agent.caller().address();
    }

    private static UUID installation(String name) {
        return new UUID(0, name.charAt(0));
    }

    private ConnectedAgent agent(String text, int second) {
        X509Certificate own = certificates.computeIfAbsent(
                text.substring(4),
                day -> site.agent(WIFI, "laptop", START.plus(Duration.ofDays(Long.parseLong(day))))
                        .certificate());
        Instant since = START.plus(Duration.ofDays(10)).plusSeconds(second);
        return new ConnectedAgent(
                new Caller(SpiffeId.of(own), own, text.substring(2, 3), Clock.systemUTC()),
                WIFI,
                installation(text),
                "1",
                since,
                since,
                Duration.ZERO,
                "",
                Losses.NONE);
    }
}
