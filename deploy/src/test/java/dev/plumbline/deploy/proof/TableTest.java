package dev.plumbline.deploy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    private final List<String> printed = new ArrayList<>();
    private final Table table = new Table(printed::add);

    @Test
    void aRowIsWrappedWithinItsColumns() {
        table.add(
                "kill-loop",
                new Outcome(
                        Outcome.State.OK,
                        "kill -9 of the collector 100 times and of two agents",
                        "all there",
                        "nothing"),
                Duration.ofMillis(61_500));
        assertThat(String.join("\n", printed)).isEqualTo("""
                kill-loop           kill -9 of the collector 100 times and    all there                                               nothing                    61.5  ok
                                    of two agents""");
    }

    @Test
    void itIsGreenWhenSomeRowIsAndNoneFailed() {
        assertThat(table.isGreen()).as("nothing was tried").isFalse();
        table.add("read-only", Outcome.skipped("a folder", "not possible here"), Duration.ZERO);
        assertThat(table.isGreen()).as("a row that was skipped proves nothing").isFalse();
        table.add("kill-loop", new Outcome(Outcome.State.OK, "", "", "nothing"), Duration.ZERO);
        assertThat(table.isGreen()).isTrue();
        table.add("strangers", Outcome.failed("it could not be tried"), Duration.ZERO);
        assertThat(table.isGreen()).isFalse();
        table.foot(Duration.ofSeconds(9));
        assertThat(printed.get(printed.size() - 1))
                .isEqualTo("1 of 3 rows are green, 1 could not be tried here, in 9 s.");
        assertThat(table.json()).contains("\"state\" : \"SKIPPED\"", "\"state\" : \"FAILED\"");
    }

    @Test
    void aProblemMakesARowRedAndIsSaid() {
        Account account = new Account();
        account.sent("a batch");
        account.happened("it was acknowledged");
        account.require(true, "never said");
        assertThat(account.outcome())
                .isEqualTo(new Outcome(Outcome.State.OK, "a batch", "it was acknowledged", "nothing"));
        account.require(false, "it is not in the journal");
        assertThat(account.outcome())
                .isEqualTo(new Outcome(
                        Outcome.State.FAILED,
                        "a batch",
                        "it was acknowledged. BUT: it is not in the journal",
                        "nothing"));
    }
}
