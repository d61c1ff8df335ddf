package dev.plumbline.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.plumbline.agent.net.TestCertificate;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What peers of a probe wrote, and what the terminal of whoever asked is given of it. */
final class PeersTextsTest {
    /** Clears the screen, turns the direction, begins a line of its own. */
    private static final String ORDERS = "a\u001b[2Jb\u202ec\nMET\u009bm";

    private static final Target COURIER =
            Catalog.builtIn().target(new TargetId("courier:5223")).orElseThrow();

    private static final Exchange EXCHANGE = new Exchange(
            "ssh",
            Failure.none(),
            Duration.ZERO,
            0,
            Map.of(),
            Bytes.of(new byte[0]),
            0,
            "",
            Map.of(),
            List.of(),
            ORDERS);

    private static Facts facts() throws Exception {
        Evidence leaf = Evidence.x509(
                new TestCertificate("courier.push.apple.com").chain().get(0).getEncoded());
        Handshake shake = new Handshake(
                ORDERS,
                List.of(),
                List.of(),
                new Endpoint("192.0.2.1", 40000),
                Failure.none(),
                Duration.ZERO,
                "TLSv1.2",
                "",
                "",
                false,
                List.of(leaf.hash()));
        Attempt attempt = new Attempt(
                "7-courier.push.apple.com",
                Transport.TCP,
                new Endpoint("192.0.2.1", 40000),
                new Endpoint("17.57.144.10", 5223),
                Instant.EPOCH,
                Failure.none(),
                Duration.ZERO,
                Duration.ZERO,
                List.of(shake, shake),
                Optional.of(EXCHANGE),
                WhoAnswered.NOTHING);
        Facts facts = new Facts();
        facts.observed(
                new Observation(
                        COURIER.id(), 1, 1, Instant.EPOCH, Duration.ZERO, List.of(), List.of(attempt), Duration.ZERO),
                List.of(leaf));
        return facts;
    }

    private static String written(Consumer<PrintWriter> by) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        by.accept(writer);
        writer.flush();
        return out.toString();
    }

    @Test
    void theTableShowsThemInTheirLine() throws Exception {
        Facts facts = facts();
        String table = written(out ->
                FactsTable.write(facts, List.of(COURIER), Catalog.builtIn().anchors(), out));
        assertThat(table).contains("a?[2Jb?c?MET?m").doesNotContain("\u001b", "\u202e", "\u009b");
        assertThat(table.lines()).noneMatch(line -> line.startsWith("MET"));
    }

    @Test
    void jsonSaysThemWordByWordAndHoldsNoneThatATerminalObeys() throws Exception {
        Facts facts = facts();
        String json = written(out -> FactsJson.write(facts, out));
        assertThat(json).contains("c\\nMET").doesNotContain("\u001b", "\u202e", "\u009b");
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                texts.add(parser.getText());
            }
        }
        assertThat(texts).contains(ORDERS);
    }
}
