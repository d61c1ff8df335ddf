package dev.plumbline.collector.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LedgerTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final TargetId COURIER = new TargetId("courier:5223");
    private static final TargetId OTHER = new TargetId("gdmf.apple.com:443");

    @Test
    void opensOneIncidentForACauseAndKeepsItsIdWhileItLasts() {
        List<Incident> first = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        List<Incident> second = Ledger.update(first, verdict(2, List.of(drop("tcp/5223")), COURIER));
        assertThat(first).singleElement().matches(Incident::isOpen);
        assertThat(second).singleElement().satisfies(i -> {
            assertThat(i.id()).isEqualTo(first.get(0).id());
            assertThat(i.openedAt()).isEqualTo(first.get(0).openedAt());
            assertThat(i.round()).isEqualTo(2);
        });
    }

    @Test
    void closesWhenWhatWasPreventedPassesAgain() {
        List<Incident> open = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        assertThat(Ledger.update(open, verdict(2, List.of(), COURIER)))
                .singleElement()
                .satisfies(i -> assertThat(i.closedAt()).contains(Instant.ofEpochSecond(2)));
    }

    @Test
    void staysOpenWhileNobodyLooksAtWhatWasPrevented() {
        List<Incident> open = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        assertThat(Ledger.update(open, verdict(2, List.of(), OTHER))).isEmpty();
        assertThat(Ledger.update(
                        open, new RoundVerdict(3, Instant.EPOCH, Set.of(), List.of(), List.of(), List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void changesTheIncidentWhenOnlyTheScopeMoves() {
        List<Incident> open = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        assertThat(Ledger.update(open, verdict(2, List.of(drop("all@apple")), COURIER)))
                .singleElement()
                .satisfies(i -> {
                    assertThat(i.id()).isEqualTo(open.get(0).id());
                    assertThat(i.isOpen()).isTrue();
                    assertThat(i.finding().scope()).isEqualTo(Scope.parse("all@apple"));
                });
    }

    @Test
    void opensASecondIncidentBesideTheFirst() {
        List<Incident> open = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        List<Incident> both = Ledger.update(open, verdict(2, List.of(drop("tcp/5223"), drop("tcp/2197")), COURIER));
        assertThat(both).hasSize(2).allMatch(Incident::isOpen);
        assertThat(both.stream().map(Incident::id).distinct()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    comes and stays               | 1=tcp/5223 2=tcp/5223                          | open 0 opened
                    comes and goes                | 1=tcp/5223 2=ok                                | closed 0 opened closed
                    comes back the same day       | 1=tcp/5223 2=ok 3=tcp/5223                     | open 1 opened closed reopened
                    comes back after a whole day  | 1=tcp/5223 2=ok 26=tcp/5223                    | open 1 opened closed reopened
                    comes back later than that    | 1=tcp/5223 2=ok 26.1=tcp/5223                  | closed 0 opened closed / open 0 opened
                    comes back and goes again     | 1=tcp/5223 2=ok 3=tcp/5223 4=ok 5=tcp/5223     | open 2 opened closed reopened closed reopened
                    moves                         | 1=tcp/5223 2=all@apple                         | open 0 opened scope_changed
                    comes back elsewhere          | 1=tcp/5223 2=ok 3=all@apple                    | open 1 opened closed reopened
                    a second one beside the first | 1=tcp/5223 2=tcp/5223,tcp/2197                 | open 0 opened / open 0 opened
                    the very cause comes first    | 1=tcp/5223,tcp/2197 2=tcp/5223 3=tcp/2197      | closed 0 opened closed / open 1 opened closed reopened
                    nobody looked                 | 1=tcp/5223 2=unseen                            | open 0 opened
                    late facts confirm            | 1=tcp/5223 1*=tcp/5223                         | open 0 opened
                    late facts take it back       | 1=tcp/5223 1*=ok                               | closed 0 opened closed
                    late facts take back the end  | 1=tcp/5223 2=ok 2*=tcp/5223                    | open 0 opened closed reopened
                    and once more                 | 1=tcp/5223 2=ok 2*=tcp/5223 2*=ok 2*=tcp/5223  | open 0 opened closed reopened closed reopened
                    late facts show another scope | 1=tcp/5223 1*=all@apple                        | open 0 opened scope_changed
                    late facts show it first      | 1=ok 1*=tcp/5223 1*=tcp/5223                   | open 0 opened
                    late facts of a later return  | 1=tcp/5223 2=ok 3=ok 3*=tcp/5223               | open 1 opened closed reopened
                    an older round: it was there  | 1=ok 3=tcp/5223 2*^=tcp/5223                   | open 0 opened annotated
                    said once, however often      | 1=ok 3=tcp/5223 2*^=tcp/5223 2*^=tcp/5223      | open 0 opened annotated
                    and taken back                | 1=ok 3=tcp/5223 2*^=tcp/5223 2*^=ok            | open 0 opened
                    an older round: it was not    | 1=tcp/5223 3=tcp/5223 2^=ok                    | open 0 opened annotated
                    an older round that agrees    | 1=tcp/5223 3=tcp/5223 2*^=tcp/5223             | open 0 opened
                    an older one does not reopen  | 1=tcp/5223 2=ok 4=ok 3*^=tcp/5223              | closed 0 opened closed annotated
                    nor open what nobody knows    | 1=ok 3=ok 2*^=tcp/5223                         |
                    an older one that saw nothing | 1=tcp/5223 3=tcp/5223 2*^=unseen               | open 0 opened
                    """)
    void tellsTheStoryOfACause(String what, String rounds, @Nullable String expected) {
        assertThat(IncidentStory.told(rounds)).hasToString(expected == null ? "" : expected);
    }

    @Test
    void aRoundThatIsJudgedAgainSaysSoAndWhatMoved() {
        assertThat(IncidentStory.told("1=tcp/5223 2=all@apple 2*=tcp/443").incidents())
                .singleElement()
                .satisfies(i -> assertThat(i.history().changes())
                        .extracting(Change::said)
                        .containsExactly(
                                "tcp/5223",
                                "from tcp/5223 to all@apple",
                                "round of 1970-01-01 02:00:00Z judged again on late facts: from all@apple to tcp/443"));
    }

    @Test
    void whatAnOlderRoundAddsIsASentence() {
        assertThat(IncidentStory.told("1=ok 3=tcp/5223 2*^=tcp/5223")
                        .incidents()
                        .get(0)
                        .history()
                        .changes()
                        .get(1))
                .satisfies(c -> assertThat(c.said())
                        .isEqualTo("round of 1970-01-01 02:00:00Z judged again on late facts: it was there already"));
    }

    @Test
    void aReturnKeepsTheIdAndTheFirstTime() {
        Incident incident =
                IncidentStory.told("1=tcp/5223 2=ok 3=tcp/5223").incidents().get(0);
        assertThat(incident.openedAt()).isEqualTo(Instant.ofEpochSecond(3600 + 3));
        assertThat(incident.reopenedAt()).contains(Instant.ofEpochSecond(3 * 3600 + 3));
        assertThat(incident.round()).isEqualTo(3 * 3_600_000);
    }

    @Test
    void whatWasAgreedIsToldWhenItBeginsAndWhenItCountsNoLonger() {
        Finding excused =
                drop("tcp/5223").excused(new Excuse(Excuse.Kind.WAIVED, "waived by Jo until Friday: printers"));
        List<Incident> known = Ledger.update(List.of(), verdict(1, List.of(drop("tcp/5223")), COURIER));
        known = Ledger.update(known, verdict(2, List.of(excused), COURIER));
        known = Ledger.update(known, verdict(3, List.of(excused), COURIER));
        known = Ledger.update(known, verdict(4, List.of(drop("tcp/5223")), COURIER));
        assertThat(known)
                .singleElement()
                .satisfies(i -> assertThat(i.history().changes())
                        .extracting(Change::said)
                        .containsExactly(
                                "tcp/5223",
                                "waived by Jo until Friday: printers",
                                "no longer waived by Jo until Friday: printers"));
    }

    @Test
    void aHistoryIsBoundedAndKeepsItsBeginning() {
        StringBuilder rounds = new StringBuilder();
        for (int hour = 1; hour <= 100; hour++) {
            rounds.append(hour).append(hour % 2 == 1 ? "=tcp/5223 " : "=ok ");
        }
        Incident incident = IncidentStory.told(rounds.toString()).incidents().get(0);
        assertThat(incident.history().changes()).hasSize(History.MOST);
        assertThat(incident.history().dropped()).isEqualTo(100 - History.MOST);
        assertThat(incident.history().changes().get(0).kind()).isEqualTo(Change.Kind.OPENED);
        assertThat(incident.history().changes().get(History.MOST - 1).round()).isEqualTo(100 * 3_600_000L);
        assertThat(incident.reopened()).isEqualTo(49);
    }

    private static Finding drop(String scope) {
        Witness witness = new Witness(
                WIFI,
                "wifi-1",
                COURIER,
                Transport.TCP,
                Endpoint.NONE,
                new Endpoint("17.57.144.10", 5223),
                Instant.EPOCH,
                "");
        return new Finding(
                Place.of(WIFI), Mechanism.TCP_DROP, Scope.parse(scope), List.of(COURIER), List.of(witness), "s", "r");
    }

    private static RoundVerdict verdict(long round, List<Finding> findings, TargetId seen) {
        Cell cell = new Cell(
                WIFI,
                seen,
                true,
                State.OK,
                "",
                false,
                round,
                Instant.EPOCH,
                List.of(),
                Duration.ZERO,
                List.of(),
                List.of());
        return new RoundVerdict(
                round,
                Instant.ofEpochSecond(round),
                Set.of(WIFI),
                new ArrayList<>(List.of(cell)),
                findings,
                List.of(),
                List.of());
    }
}
