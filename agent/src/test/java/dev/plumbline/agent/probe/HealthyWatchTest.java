package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.TargetId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HealthyWatchTest {
    private static final long ROUND = 300_000;

    @Test
    void theCatalogHasACanaryForEachKindInEveryRound() throws ConfigException {
        List<Target> targets = Catalog.load(List.of()).targets("plumbline-2026");
        assertThat(HealthyWatch.of(targets, 1, false).canaries())
                .extracting(TargetId::value)
                .containsExactlyInAnyOrder(
                        "courier:5223", "courier:443", "api.push.apple.com:443", "bag", "www.example.com:443");
    }

    @Test
    void whenSomebodyWaitsTheCouriersOwnPortIsMeasured() throws ConfigException {
        List<Target> targets = Catalog.load(List.of()).targets("plumbline-2026");
        assertThat(HealthyWatch.of(targets, 7, true).distances())
                .extracting(TargetId::value)
                .containsExactly("courier:5223");
    }

    @Test
    void unattendedEveryKindHasItsTurnAndNoRoundMeasuresMoreThanTwo() {
        Map<HealthyWatch.Kind, Integer> seen = new EnumMap<>(HealthyWatch.Kind.class);
        int rounds = 12 * 288;
        int measuring = 0;
        for (int i = 0; i < rounds; i++) {
            Set<HealthyWatch.Kind> kinds = HealthyWatch.measured(i * ROUND, false);
            assertThat(kinds.size()).isIn(0, 2);
            measuring += kinds.isEmpty() ? 0 : 1;
            kinds.forEach(kind -> seen.merge(kind, 1, Integer::sum));
        }
        assertThat(measuring).isBetween(rounds / 16, rounds / 9);
        assertThat(seen).containsOnlyKeys(HealthyWatch.Kind.values());
        assertThat(seen.values()).allMatch(times -> times > 50);
    }

    @Test
    void withoutTheTargetNothingIsMeasured() {
        assertThat(HealthyWatch.of(List.of(), 7, true)).isEqualTo(HealthyWatch.NOTHING);
    }
}
