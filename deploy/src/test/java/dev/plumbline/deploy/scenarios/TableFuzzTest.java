package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigException;
import dev.plumbline.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of faults and facts that somebody got wrong: every problem has its line. */
final class TableFuzzTest {
    private static final String FAULTS = """
            # id settings expectation
            drop\twifi:drop-5223\twifi tcp.drop tcp/5223
            two\twifi:rst-5223=17.0.0.0/8; guest:loss=10\twifi tcp.reset tcp/5223@apple; site upstream.blocked all
            clean\t\t-
            """;

    @Test
    void faults() {
        Fuzz.refusing(
                "tables of faults",
                Fuzz.texts(FAULTS),
                bytes -> {
                    Table table = told(() -> Table.parse("t.tsv", lines(bytes)));
                    for (TableLine line : table.lines()) {
                        assertThat(line.where()).startsWith("t.tsv:");
                        Claim.united(line.expected());
                    }
                },
                ConfigException.class,
                IllegalArgumentException.class);
    }

    @Test
    void facts() throws ConfigException {
        Table faults = Table.parse("t.tsv", FAULTS.lines().toList());
        Fuzz.refusing(
                "tables of facts",
                Fuzz.texts(
                        "drop\twifi\tall courier:5223#all attempts[family=4;port=5223].handshakes.certificates.@.issuer = x"
                                + " and none environment echoes[ask=tls].answer != same\tclean,two\n",
                        "two\tguest\tany hold holds.age >= 30\tclean\n"),
                bytes -> told(() -> FactTable.parse("f.tsv", lines(bytes), faults))
                        .stages(),
                ConfigException.class);
    }

    private interface Reading<T> {
        T read() throws ConfigException;
    }

    private static <T> T told(Reading<T> reading) throws ConfigException {
        try {
            return reading.read();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allMatch(p -> p.matches("(?s)[tf]\\.tsv:\\d+: .*"));
            throw e;
        }
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void words() {
        Fuzz.refusing(
                "words of the scenario runner",
                Fuzz.texts("wifi,guest", "wifi tcp.drop tcp/5223; site apple.down all", "wifi:loss=10;srv:drop"),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    try {
                        Swap.parse(text).settings(Setting.parseAll(text));
                    } catch (IllegalArgumentException refused) {
                        Claim.united(Claim.parseAll(text));
                    }
                },
                IllegalArgumentException.class);
    }
}
