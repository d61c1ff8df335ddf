package dev.plumbline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class PlanCommandTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"device", "mdm-server", "content-cache", "device,mdm-server,content-cache"})
    void thePageFitsAHundredColumnsAndNamesEveryDestination(String roles) {
        assertThat(run("--role", roles)).isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
        for (Target target : CATALOG.targets()) {
            boolean asked = target.roles().stream()
                    .anyMatch(r ->
                            roles.contains(r.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            boolean china = target.services().contains(Service.CHINA);
            String line = "  " + target.host().replace("{n}", "1.." + target.poolSize()) + " "
                    + (target.probe().asksNamesOnly()
                            ? "name only"
                            : target.transport().word() + "/" + target.port()) + " ";
            assertThat(out.toString().contains(line)).as(line).isEqualTo(asked && !china);
        }
    }

    @Test
    void thePlanOnDiskIsWhatCounts() throws Exception {
        Path config = agent(Optional.of(plan(7, "courier:5223", "time.apple.com:udp-123")));
        assertThat(run("--config", config.toString())).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("of segment wifi in site campus", "a round every 2m", "at most 7 new TCP connections")
                .contains("1..50-courier.push.apple.com tcp/5223", "time.apple.com udp/123")
                .contains("of some targets: 5224 for 5223.")
                .doesNotContain("albert.apple.com", "SSH:", "QUIC:", "POST to");
    }

    @Test
    void withoutAPlanOnDiskItSaysSo() throws Exception {
        assertThat(run("--config", agent(Optional.empty()).toString())).isZero();
        assertThat(out.toString()).contains("no plan of a collector").contains("albert.apple.com");
    }

    @Test
    void everySegmentOfABoxHasAPageOfItsOwn() throws Exception {
        Path config = Files.writeString(folder.resolve("box.yaml"), """
                collector: 192.0.2.1:50051
                segments:
                  - {identity: {certificate: a.pem, key: a.key, trust: ca.pem}, data: a, source: 127.0.0.2}
                  - {identity: {certificate: b.pem, key: b.key, trust: ca.pem}, data: b, interface: no-such0}
                """);
        assertThat(run("--config", config.toString())).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("its probes leave by source 127.0.0.2 and by nothing else", "leaves from 127.0.0.2 ")
                .contains("its probes leave by interface no-such0 and", "this host has no way out now");
        assertThat(out.toString().lines().filter(l -> l.startsWith("WHAT A PLUMBLINE AGENT")))
                .hasSize(2);
    }

    @Test
    void whatAnIntrusionDetectionMayMindIsSaidOfWhatThePlanDoes() {
        assertThat(run("--role", "device,mdm-server")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("Port scan", "81 for 80, 444 for 443, 2198 for 2197, 5224 for 5223.")
                .contains("SYNs with TTLs from 1 to 32")
                .contains("ALPN apns-security-v3")
                .contains("NXDOMAIN", "device of 64 zeros", "before any login", "reserved", "Long quiet");
    }

    @Test
    void theJsonIsOneObjectWithTheSameNumbers() throws Exception {
        Path config = agent(Optional.of(plan(20, "courier:5223")));
        assertThat(run("--config", config.toString(), "--json")).isZero();
        List<String> fields = new ArrayList<>();
        long times = 0;
        try (JsonParser parser = new JsonFactory().createParser(out.toString())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    fields.add(parser.currentName());
                    if (parser.currentName().equals("timesADay")) {
                        times += parser.nextLongValue(0);
                    }
                }
            }
        }
        assertThat(times).isEqualTo(720);
        assertThat(fields)
                .contains("segments", "sources", "besides", "destinations", "rows", "roles", "unusual", "aDay");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --role printer            | --role 'printer' is none of device
            --config no-such.yaml     | no-such.yaml
            --catalog-overlay no.yaml | no.yaml
            """)
    void wrongInputIsOneSentenceAndExitTwo(String arguments, String sentence) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(sentence);
    }

    private int run(String... arguments) {
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Plan plan(int perSecond, String... targets) {
        return PlanCodec.seal(Plan.of(
                "campus",
                new SegmentId("wifi"),
                List.of(targets).stream()
                        .map(id -> CATALOG.target(new TargetId(id)).orElseThrow())
                        .toList(),
                new Plan.Settings(Duration.ofMinutes(2), Duration.ofSeconds(4), 1, perSecond)));
    }

    private Path agent(Optional<Plan> plan) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        if (plan.isPresent()) {
            Files.write(data.resolve("plan.pb"), PlanCodec.encode(plan.get()).toByteArray());
        }
        return Files.writeString(folder.resolve("agent.yaml"), """
                collector: 192.0.2.1:50051
                identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                """);
    }
}
