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
import org.junit.jupiter.api.Test;

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
