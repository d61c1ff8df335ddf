package dev.plumbline.agent.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundOrderTest {
    private static final long ROUND = 1_750_000_000_000L;

    private final List<Target> hosts = IntStream.range(0, 100)
            .mapToObj(i -> target("host-" + i + ".apple.com", 0))
            .toList();

    @Test
    void aWholePoolBeginsBeforeEverythingElse() {
        List<Target> targets = new ArrayList<>(hosts);
        Target pool = target("{n}-courier.push.apple.com", 50);
        targets.add(pool);
        assertThat(RoundOrder.of(targets, ROUND).turns())
                .startsWith(pool)
                .hasSize(101)
                .containsExactlyInAnyOrderElementsOf(targets);
    }

    @Test
    void everyAgentHasTheSameOrderWhateverItsPlansOrderAndItsOtherTargets() {
        List<Target> some = new ArrayList<>(hosts.subList(20, 80));
        Collections.reverse(some);
        List<Target> ofAll = new ArrayList<>(RoundOrder.of(hosts, ROUND).turns());
        ofAll.retainAll(some);
        assertThat(RoundOrder.of(some, ROUND).turns()).containsExactlyElementsOf(ofAll);
    }

    @Test
    void whatIsLastInARoundIsNotAmongTheLastInTheNextMoreOftenThanChanceHasIt() {
        int last = 20;
        int again = 0;
        int rounds = 200;
        for (int i = 0; i < rounds; i++) {
            List<Target> now = tail(ROUND + i * 60_000L, last);
            again += (int) tail(ROUND + (i + 1) * 60_000L, last).stream()
                    .filter(now::contains)
                    .count();
        }
        // A fifth of twenty is four on average, 1.6 either way; of 200 averages one in a million is farther off than
        // this.
        assertThat((double) again / rounds).isBetween(3.4, 4.6);
    }

    private List<Target> tail(long round, int count) {
        List<Target> turns = RoundOrder.of(hosts, round).turns();
        return turns.subList(turns.size() - count, turns.size());
    }

    private static Target target(String host, int poolSize) {
        return new Target(
                new TargetId(host.replace("{n}-", "") + ":443"),
                host,
                poolSize,
                443,
                Transport.TCP,
                ProbeKind.TCP,
                "",
                IdentityClass.NONE,
                List.of(),
                "",
                Set.of(Service.APNS),
                Set.of(Role.DEVICE),
                Set.of(),
                Obligation.REQUIRED,
                Optional.empty(),
                ProxyPolicy.UNSTATED,
                Duration.ZERO,
                List.of());
    }
}
