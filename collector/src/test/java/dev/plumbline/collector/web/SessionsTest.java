package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.enrol.Admission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long somebody is signed in. */
final class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

    private final SetClock clock = SetClock.at(NOW);
    private final Sessions sessions = new Sessions(clock, () -> passed().toNanos());

    private Duration passed() {
        return Duration.between(NOW, clock.instant());
    }

    private static Admission.Granted granted(String tokenId, Duration left) {
        return new Admission.Granted(
                new Asker(tokenId, AccessRole.VIEWER, Purview.WHOLE_SITE, "127.0.0.1"), tokenId, NOW.plus(left));
    }

    @Test
    void aSecretIsKnownUntilItsSessionEnds() {
        String secret = sessions.begin(granted("t1", Duration.ofDays(9)));
        assertThat(secret).hasSize(43);
        assertThat(sessions.of(secret)).hasValueSatisfying(s -> {
            assertThat(s.tokenId()).isEqualTo("t1");
            assertThat(s.key()).doesNotContain(secret);
        });
        assertThat(sessions.of(secret.replace(secret.charAt(0), '.'))).isEmpty();
        sessions.end(sessions.of(secret).orElseThrow());
        assertThat(sessions.of(secret)).isEmpty();
    }

    @Test
    void whoeverAsksNothingForTwoHoursIsSignedOut() {
        String secret = sessions.begin(granted("t1", Duration.ofDays(9)));
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.of(secret)).isPresent();
        clock.advance(Duration.ofMinutes(119));
        Session session = sessions.of(secret).orElseThrow();
        clock.advance(Duration.ofMinutes(121));
        assertThat(sessions.isOpen(session)).isFalse();
        assertThat(sessions.of(secret)).isEmpty();
    }

    @Test
    void whoeverAsksAllTheTimeIsSignedOutAfterTwelve() {
        String secret = sessions.begin(granted("t1", Duration.ofDays(9)));
        for (int i = 0; i < 11; i++) {
            clock.advance(Duration.ofHours(1));
            assertThat(sessions.of(secret)).as("after %s", passed()).isPresent();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(sessions.of(secret)).isEmpty();
    }

    @Test
    void noSessionIsLongerThanItsToken() {
        String secret = sessions.begin(granted("t1", Duration.ofMinutes(3)));
        clock.advance(Duration.ofSeconds(179));
        Session session = sessions.of(secret).orElseThrow();
        assertThat(sessions.isOpen(session)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.isOpen(session)).isFalse();
        assertThat(sessions.of(secret)).isEmpty();
    }

    @Test
    void aTokenThatIsTakenBackTakesItsSessionsWithIt() {
        String one = sessions.begin(granted("t1", Duration.ofDays(1)));
        String other = sessions.begin(granted("t2", Duration.ofDays(1)));
        sessions.endOf("t1");
        assertThat(sessions.of(one)).isEmpty();
        assertThat(sessions.of(other)).isPresent();
    }

    @Test
    void ofManyWithOneTokenTheOldestEnd() {
        List<String> secrets = new ArrayList<>();
        String other = sessions.begin(granted("t2", Duration.ofDays(1)));
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            secrets.add(sessions.begin(granted("t1", Duration.ofDays(1))));
        }
        assertThat(secrets.subList(0, 4))
                .allSatisfy(s -> assertThat(sessions.of(s)).isEmpty());
        assertThat(secrets.subList(4, 20))
                .allSatisfy(s -> assertThat(sessions.of(s)).isPresent());
        assertThat(sessions.of(other)).isPresent();
    }
}
