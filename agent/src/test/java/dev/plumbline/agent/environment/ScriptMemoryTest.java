package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.pac.PacOutcome;
import dev.plumbline.agent.pac.PacQuestion;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.words.ScriptEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptMemoryTest {
    private static final PacQuestion QUESTION = new PacQuestion("https://name.test/", "name.test");
    private static final PacOutcome ANSWER = new PacOutcome(List.of("DIRECT"), ScriptEnd.ANSWERED, "");

    private long now;
    private int runs;

    private final Ticker ticker = new Ticker() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the same again        | a | name.test  | 192.0.2.1 | 60   | true  | 1
            the same, much later  | a | name.test  | 192.0.2.1 | 1800 | true  | 2
            another text          | b | name.test  | 192.0.2.1 | 60   | true  | 2
            another question      | a | other.test | 192.0.2.1 | 60   | true  | 2
            from another address  | a | name.test  | 192.0.2.9 | 60   | true  | 2
            after a failed run    | a | name.test  | 192.0.2.1 | 60   | false | 2
            """)
    void runsAScriptAgainOnlyWhenItMaySaySomethingElse(
            String what, String script, String host, String address, long seconds, boolean first, int expected) {
        ScriptMemory memory = new ScriptMemory(ticker, Duration.ofMinutes(30));
        PacOutcome failed = PacOutcome.failed(ScriptEnd.ENDLESS, "it did not end");
        ask(memory, "a", QUESTION, "192.0.2.1", first ? ANSWER : failed);
        now += Duration.ofSeconds(seconds).toNanos();
        PacOutcome second = ask(memory, script, new PacQuestion("https://" + host + "/", host), address, ANSWER);
        assertThat(runs).isEqualTo(expected);
        assertThat(second).isEqualTo(ANSWER);
    }

    private PacOutcome ask(ScriptMemory memory, String script, PacQuestion question, String address, PacOutcome says) {
        return memory.answers(script, List.of(question), address, () -> {
                    runs++;
                    return CompletableFuture.completedFuture(says);
                })
                .join();
    }
}
