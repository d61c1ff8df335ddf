package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TcpTurnsTest {
    private static final Failure SILENCE = Failure.of(FailureKind.CONNECT_SILENT);

    private final TcpTurns turns = new TcpTurns();
    private final List<CompletableFuture<Optional<Failure>>> asked =
            IntStream.range(0, 2 * TcpTurns.AT_ONCE).mapToObj(i -> turns.take()).toList();

    @Test
    void whoComesLaterWaitsUntilSomebodyEnds() {
        assertThat(under()).isEqualTo(TcpTurns.AT_ONCE);
        turns.accepted();
        assertThat(under()).isEqualTo(TcpTurns.AT_ONCE + 1);
        assertThat(asked.get(TcpTurns.AT_ONCE).join()).isEmpty();
    }

    @Test
    void whereNobodyGetsAConnectionNobodyWaits() {
        IntStream.range(0, TcpTurns.AT_ONCE).forEach(i -> turns.refused(SILENCE));
        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(asked.get(asked.size() - 1).join()).contains(SILENCE);
    }

    @Test
    void oneConnectionAmongRefusedOnesKeepsTheRestAsking() {
        IntStream.range(1, TcpTurns.AT_ONCE).forEach(i -> turns.refused(SILENCE));
        turns.accepted();
        IntStream.range(1, TcpTurns.AT_ONCE).forEach(i -> turns.refused(SILENCE));
        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(asked.stream().map(CompletableFuture::join)).allMatch(Optional::isEmpty);
    }

    @Test
    void theNextRoundAsksAnew() {
        long turnsGiven = 2L * TcpTurns.AT_ONCE - 1;
        for (int i = 0; i < turnsGiven; i++) {
            turns.refused(SILENCE);
        }
        List<CompletableFuture<Optional<Failure>>> others = IntStream.range(0, 2 * TcpTurns.AT_ONCE)
                .mapToObj(i -> turns.take())
                .toList();
        turns.refused(SILENCE);
        assertThat(others.stream().filter(CompletableFuture::isDone))
                .hasSize(TcpTurns.AT_ONCE + 1)
                .allMatch(turn -> turn.join().isEmpty());
    }

    private long under() {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }
}
