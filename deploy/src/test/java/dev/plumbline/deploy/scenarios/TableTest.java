package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    private static Table parse(String... lines) throws ConfigException {
        return Table.parse("t.tsv", Arrays.asList(lines));
    }

    @Test
    void everyLineOfTheLabsTableCanBeReadExpectationsIncluded() throws ConfigException {
        Table table = Table.read(Path.of("lab", "expected.tsv"));
        assertThat(table.lines()).hasSizeGreaterThan(60);
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.expected()).isNotNull());
        assertThat(table.lines())
                .filteredOn(line -> line.expectedText().equals("-"))
                .extracting(TableLine::id)
                .contains("clean", "loss-10", "latency-300");
    }

    @Test
    void settingsAndExpectationsMayBeSeveral() throws ConfigException {
        TableLine line = parse(
                        "two\twifi:loss=10;guest:tls-intercept\twifi tcp.drop tcp/5223; guest tls.intercepted tcp/443")
                .lines()
                .get(0);
        assertThat(line.settings())
                .containsExactly(new Setting("wifi", "loss", "10"), new Setting("guest", "tls-intercept", ""));
        assertThat(line.expected())
                .extracting(Claim::toString)
                .containsExactly("wifi tcp.drop tcp/5223", "guest tls.intercepted tcp/443");
    }

    @Test
    void aCleanLineSetsAndExpectsNothing() throws ConfigException {
        TableLine line = parse("# comment", "", "clean\t\t-").lines().get(0);
        assertThat(line.settings()).isEmpty();
        assertThat(line.expected()).isEmpty();
    }

    @Test
    void allProblemsAreReportedAtOnceWithFileAndLine() {
        assertThatThrownBy(() -> parse("a\twifi:x\t-", "b\twifi\t-", "c only", "a\t\t-"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .allMatch(p -> p.startsWith("t.tsv:"))
                                .anyMatch(p -> p.startsWith("t.tsv:2: 'wifi' is no setting"))
                                .anyMatch(p -> p.startsWith("t.tsv:3: must be id"))
                                .anyMatch(p -> p.equals("t.tsv:4: id a stands already at t.tsv:1")));
    }

    @Test
    void anExpectationIsNotLookedAtUntilItIsAskedFor() throws ConfigException {
        TableLine line = parse("a\twifi:x\twifi tcp.drop").lines().get(0);
        assertThatThrownBy(line::expected)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("t.tsv:1: 'wifi tcp.drop' is no expectation");
    }

    @Test
    void chosenLinesKeepTheTablesOrderAndUnknownOnesAreNamed() throws ConfigException {
        Table table = parse("a\t\t-", "b\t\t-", "c\t\t-");
        assertThat(table.only(List.of("c", "a")).lines())
                .extracting(TableLine::id)
                .containsExactly("a", "c");
        assertThat(table.only(List.of()).lines()).hasSize(3);
        assertThatThrownBy(() -> table.only(List.of("a", "z")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no line z; it has a, b, c");
    }

    @ParameterizedTest(name = "with wifi and guest swapped, {0} becomes {1}")
    @CsvSource(textBlock = """
            wifi:drop-5223,              guest:drop-5223
            guest:loss=10,               wifi:loss=10
            srv:drop-2197,               srv:drop-2197
            core:rst-5223,               core:rst-5223
            wifi:drop-5223;guest:captive, guest:drop-5223;wifi:captive
            """)
    void swappingExchangesPlaces(String setting, String swapped) {
        assertThat(Swap.parse("wifi,guest").settings(Setting.parseAll(setting))).isEqualTo(Setting.parseAll(swapped));
    }

    @Test
    void swappingExchangesThePlacesOfExpectationsToo() {
        List<Claim> claims = Claim.parseAll("wifi tcp.drop tcp/5223; site upstream.blocked all");
        assertThat(Swap.parse("wifi,guest").claims(claims))
                .isEqualTo(Claim.parseAll("guest tcp.drop tcp/5223; site upstream.blocked all"));
        assertThat(Swap.NONE.claims(claims)).isEqualTo(claims);
        assertThatThrownBy(() -> Swap.parse("wifi")).hasMessageContaining("'wifi' is no pair of segments");
    }
}
