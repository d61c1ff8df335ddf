package dev.plumbline.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of two rounds is the same to a run of equal facts. */
final class FingerprintTest {
    private static final Duration QUICK = Duration.ofMillis(20);
    private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");

    /** Words such as {@code 17.57.144.4} for an address that answered and {@code 17.57.144.5!} for one that did not. */
    private static Observation seen(String host, String drawn, int latency) {
        List<Lookup.Answer> answers = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        for (String word : drawn.split(" ", -1)) {
            boolean isSilent = word.endsWith("!");
            String address = word.replace("!", "");
            if (!address.equals("none")) {
                answers.add(new Lookup.Answer(address, latency));
                attempts.add(attempt(host, address, isSilent, latency));
            }
        }
        Lookup lookup = new Lookup(
                host,
                "A",
                new Endpoint("10.0.0.1", 53),
                Transport.UDP,
                AT,
                QUICK,
                answers.isEmpty() ? Failure.of(FailureKind.NXDOMAIN) : Failure.none(),
                answers.isEmpty() ? 3 : 0,
                false,
                List.of(),
                answers,
                1);
        return new Observation(new TargetId("courier:5223"), 0, 1, AT, QUICK, List.of(lookup), attempts, Duration.ZERO);
    }

    private static Attempt attempt(String host, String address, boolean isSilent, int latency) {
        return new Attempt(
                host,
                Transport.TCP,
                new Endpoint("10.20.20.33", 40_000 + latency),
                new Endpoint(address, 5223),
                AT.plusMillis(latency),
                isSilent ? Failure.of(FailureKind.CONNECT_SILENT) : Failure.none(),
                Duration.ofMillis(latency),
                Duration.ofMillis(latency),
                List.of(),
                Optional.empty(),
                WhoAnswered.NOTHING);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            other ports and times       | 17.57.144.4              | 17.57.144.4               | true
            another address             | 17.57.144.4              | 17.57.144.5               | true
            more of them                | 17.57.144.4              | 17.57.144.4 17.57.144.5   | true
            in another order            | 17.57.144.4 17.57.144.5  | 17.57.144.5 17.57.144.4   | true
            another one fails like it   | 17.57.144.4!             | 17.57.144.5!              | true
            what answered fails         | 17.57.144.4              | 17.57.144.4!              | false
            one of them fails           | 17.57.144.4 17.57.144.5  | 17.57.144.4! 17.57.144.5  | false
            another of them fails       | 17.57.144.4! 17.57.144.5 | 17.57.144.4 17.57.144.5!  | false
            the other family            | 17.57.144.4              | 2620:149:a44::4           | false
            no name any more            | 17.57.144.4              | none                      | false
            a sinkhole, as silent       | 17.57.144.4!             | 0.0.0.0!                  | false
            a private address answers   | 17.57.144.4              | 192.168.1.1               | false
            another private one         | 192.168.1.1              | 192.168.1.2               | false
            somebody else's             | 17.57.144.4              | 203.0.113.7               | false
            another of somebody else's  | 203.0.113.7              | 203.0.113.8               | true
            """)
    void equalFactsAreThoseThatSayTheSameOfTheWay(String what, String before, String after, boolean same) {
        boolean isSame = Fingerprint.of(seen("1-courier.push.apple.com", before, 7))
                .equals(Fingerprint.of(seen("2-courier.push.apple.com", after, 9)));
        assertThat(isSame).isEqualTo(same);
    }
}
