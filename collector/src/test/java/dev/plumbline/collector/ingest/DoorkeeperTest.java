package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DoorkeeperTest {
    /** Four strangers, two of one neighbourhood, three members, two connections of one of them. */
    private final Doorkeeper doorkeeper = new Doorkeeper(new Gate.Bound(4, 2, Duration.ofSeconds(2)), 3, 2);

    private final List<String> cut = new ArrayList<>();
    private final Map<String, Guest> guests = new HashMap<>();
    private int port = 1000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what came before: ADDRESS@SECOND, -ADDRESS left, +ADDRESS proved; who comes, is let in, who is cut for it
            '',                                           192.0.2.1@0,    true,  ''
            192.0.2.1@0,                                  192.0.2.1@0,    true,  ''
            192.0.2.1@0 192.0.2.1@0,                      192.0.2.1@0,    false, ''
            # A flood from one address takes nothing of others.
            192.0.2.1@0 192.0.2.1@0,                      192.0.2.2@0,    true,  ''
            # Who left, or proved himself, is counted no more.
            192.0.2.1@0 192.0.2.1@0 -192.0.2.1,           192.0.2.1@0,    true,  ''
            192.0.2.1@0 192.0.2.1@0 +192.0.2.1,           192.0.2.1@0,    true,  ''
            # All are taken: one who dallies gives way to one who comes, of the same address or of any.
            192.0.2.1@0 192.0.2.1@1,                      192.0.2.1@1,    false, ''
            192.0.2.1@0 192.0.2.1@1,                      192.0.2.1@2,    true,  192.0.2.1@0
            192.0.2.9@0 192.0.2.1@1 192.0.2.1@1,          192.0.2.1@3,    true,  192.0.2.1@1
            192.0.2.1@0 192.0.2.2@0 192.0.2.3@0 192.0.2.4@0, 192.0.2.5@1, false, ''
            192.0.2.1@0 192.0.2.2@0 192.0.2.3@0 192.0.2.4@0, 192.0.2.5@2, true,  192.0.2.1@0
            # One IPv6 host has a whole /64.
            2001:db8::1@0 2001:db8::2@0,                  2001:db8::3@0,  false, ''
            2001:db8::1@0 2001:db8::2@0,                  2001:db8:0:1::3@0, true, ''
            """)
    void strangersAreBoundedInAllAndOfOneNeighbourhood(String before, String next, boolean isAdmitted, String isCut)
            throws Exception {
        for (String step : before.isEmpty() ? List.<String>of() : List.of(before.split(" ", -1))) {
            switch (step.charAt(0)) {
                case '-' -> doorkeeper.left(guest(step.substring(1)));
                case '+' ->
                    assertThat(doorkeeper.proved(guest(step.substring(1)), "agent"))
                            .isTrue();
                default -> assertThat(come(step)).isPresent();
            }
        }
        assertThat(come(next).isPresent()).isEqualTo(isAdmitted);
        assertThat(cut).isEqualTo(isCut.isEmpty() ? List.of() : List.of(isCut));
    }

    @Test
    void whoProvedHimselfIsBoundedByIdentityAndInAllAndNeverGivesWay() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(doorkeeper.proved(come("192.0.2.1@0").orElseThrow(), "thief"))
                    .isTrue();
        }
        assertThat(doorkeeper.proved(come("192.0.2.1@0").orElseThrow(), "thief"))
                .isFalse();
        assertThat(doorkeeper.proved(come("192.0.2.2@0").orElseThrow(), "thief"))
                .as("elsewhere")
                .isTrue();
        Guest late = come("192.0.2.3@0").orElseThrow();
        assertThat(doorkeeper.proved(late, "honest")).as("all are taken").isFalse();
        doorkeeper.left(late);
        doorkeeper.left(guest("192.0.2.2"));
        assertThat(doorkeeper.proved(come("192.0.2.3@0").orElseThrow(), "honest"))
                .isTrue();
        for (int i = 0; i < 100; i++) {
            come("198.51.100." + i + "@" + i);
        }
        assertThat(doorkeeper.seen().members()).isEqualTo(3);
        assertThat(doorkeeper.seen().mostStrangers()).isEqualTo(4);
        assertThat(cut).allMatch(c -> c.startsWith("198.51.100."));
    }

    @Test
    void aBoundThatLetsNobodyInIsNone() {
        assertThatThrownBy(() -> new Gate.Bound(4, 5, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private Guest guest(String address) {
        return java.util.Objects.requireNonNull(guests.get(address));
    }

    private Optional<Guest> come(String addressAtSecond) throws UnknownHostException {
        String[] parts = addressAtSecond.split("@", -1);
        Optional<Guest> guest = doorkeeper.admit(
                new InetSocketAddress(InetAddress.getByName(parts[0]), port++),
                Duration.ofSeconds(Long.parseLong(parts[1])).toNanos(),
                () -> cut.add(addressAtSecond));
        guest.ifPresent(g -> guests.put(parts[0], g));
        return guest;
    }
}
