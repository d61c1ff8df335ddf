package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.config.ConfigException;
import dev.plumbline.deploy.scenarios.FactTable.Stage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FactTableTest {
    private static final String FACT = "any c:1 attempts.failure = none";

    @Test
    void everyFaultAndLookAlikeIsPlayedOncePerSegment() throws Exception {
        FactTable table = FactTable.parse(
                "f",
                List.of(
                        "# words",
                        "",
                        "a\twifi\t" + FACT + "\tclean,b",
                        "b\twifi\t" + FACT + "\tclean,a",
                        "b\tguest\t" + FACT + "\tclean"),
                faults());
        assertThat(table.stages())
                .containsExactlyInAnyOrder(
                        new Stage("clean", "wifi"),
                        new Stage("a", "wifi"),
                        new Stage("b", "wifi"),
                        new Stage("clean", "guest"),
                        new Stage("b", "guest"));
        assertThat(table.of(new Stage("a", "wifi"))).hasSize(2);
        assertThat(table.of(new Stage("b", "guest"))).hasSize(1);
        assertThat(table.only(List.of("a")).rows()).hasSize(1);
    }

    @Test
    void allProblemsAreNamedWithFileAndLine() throws Exception {
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> FactTable.parse(
                        "f",
                        List.of("a\twifi\t" + FACT, "c\twifi\t" + FACT + "\tclean", "a\twifi\tall\tclean"),
                        faults()));
        assertThat(e.problems())
                .hasSize(3)
                .anyMatch(p -> p.startsWith("f:1: must be line"))
                .anyMatch(p -> p.equals("f:2: the table of faults has no line c"))
                .anyMatch(p -> p.startsWith("f:3: 'all' is no fact"));
    }

    @Test
    void theTableOfTheLabCanBeRead() throws Exception {
        Path lab = Path.of("lab");
        FactTable table = FactTable.read(lab.resolve("facts.tsv"), Table.read(lab.resolve("expected.tsv")));
        assertThat(table.rows()).hasSizeGreaterThan(15);
    }

    private static Table faults() throws Exception {
        return Table.parse("t", List.of("clean\t\t-", "a\twifi:x\t-", "b\tguest:y\t-"));
    }
}
