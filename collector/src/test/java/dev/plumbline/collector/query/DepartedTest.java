package dev.plumbline.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of those who watched. */
final class DepartedTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Departed departed = new Departed();

    private static Watch.Left left(String id) {
        return new Watch.Left(id, new Watched(List.of(), List.of()));
    }

    @Test
    void whoeverAskedTheSameGoesOnOnce() {
        departed.add(left("a-3"), "somebody", 0);
        assertThat(departed.take("a-3", "somebody else", 1)).isEmpty();
        assertThat(departed.take("a-2", "somebody", 1))
                .as("a later message was not received")
                .isEmpty();
        assertThat(departed.take("a-3", "somebody", 1)).hasValue(left("a-3"));
        assertThat(departed.take("a-3", "somebody", 1)).isEmpty();
    }

    @Test
    void itIsForgottenAfterTwoMinutes() {
        departed.add(left("a-1"), "somebody", 0);
        departed.add(left("b-1"), "somebody", MINUTE);
        departed.forget(2 * MINUTE);
        assertThat(departed.take("a-1", "somebody", 2 * MINUTE)).isEmpty();
        assertThat(departed.take("b-1", "somebody", 2 * MINUTE)).isPresent();
    }

    @Test
    void ofManyTheFirstAreForgotten() {
        for (int i = 0; i < 9; i++) {
            departed.add(left("a-" + i), "somebody", i);
        }
        assertThat(departed.take("a-0", "somebody", 9)).isEmpty();
        assertThat(departed.take("a-1", "somebody", 9)).isPresent();
    }
}
