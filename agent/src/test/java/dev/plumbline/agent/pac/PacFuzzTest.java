package dev.plumbline.agent.pac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.ScriptEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A network's script, the functions that it calls, and the process that it may have taken over. */
final class PacFuzzTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-21T19:30:15+01:00");
    private static final PacHost HOST = new Host();
    private static final int LONGEST = 400;

    @Test
    void scripts() {
        PacLimits limits = new PacLimits(200_000, 8 << 20, Duration.ofSeconds(1));
        List<PacQuestion> questions = List.of(new PacQuestion("https://a.example/", "a.example"));
        Fuzz.total(
                "proxy scripts",
                Fuzz.texts(
                        """
                        function FindProxyForURL(url, host) {
                          if (isPlainHostName(host) || dnsDomainIs(host, ".test")) { return "DIRECT"; }
                          if (isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0") || /^x[0-9]+/.test(host)) return null;
                          for (var i = 0; i < 3; i++) { if (shExpMatch(host, "*." + i)) { return "SOCKS s:1"; } }
                          return timeRange(8, 18) ? "PROXY proxy.test:3128; DIRECT" : "PROXY " + [1, 2].join("-");
                        }
                        """, "function FindProxyForURL(u, h) { return eval('\"' + h + '\"') + (() => ({a: 1}).a)(); }"),
                bytes -> {
                    PacOutcome outcome =
                            new PacEngine(limits, HOST).evaluate(new String(bytes, StandardCharsets.UTF_8), questions);
                    assertSmall(outcome, questions.size());
                });
    }

    private static void assertSmall(PacOutcome outcome, int questions) {
        assertThat(outcome.answers()).hasSize(outcome.end() == ScriptEnd.ANSWERED ? questions : 0);
        assertThat(outcome.answers()).allMatch(answer -> answer.length() <= LONGEST);
        assertThat(outcome.problem().length()).isLessThanOrEqualTo(LONGEST);
    }

    /** Words of any number and length, as a script may hand them over. */
    @Test
    void functions() {
        Fuzz.total(
                "functions of proxy scripts",
                Fuzz.texts(
                        "MON,FRI,GMT",
                        "8,30,18,45,GMT",
                        "1,JAN,2026,31,DEC,2026",
                        "10.20.30.40,10.0.0.0,255.0.0.0",
                        "www.apple.com,*.apple.c?m,apple.com"),
                bytes -> {
                    List<String> words = Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split(",", -1))
                            .limit(8)
                            .map(word -> word.substring(0, Math.min(word.length(), 2048)))
                            .toList();
                    PacTimes.weekdayRange(words, NOW);
                    PacTimes.dateRange(words, NOW);
                    PacTimes.timeRange(words, NOW);
                    String one = words.get(0);
                    String other = words.get(words.size() / 2);
                    PacFunctions.shellMatch(one, other);
                    PacFunctions.dnsDomainIs(one, other);
                    PacFunctions.localHostOrDomainIs(one, other);
                    PacFunctions.isInNet(one, other, words.get(words.size() - 1));
                });
    }

    @Test
    void processes() throws IOException {
        Fuzz.refusing(
                "what a script's process says",
                List.of(
                        said(ScriptEnd.ANSWERED, "", "DIRECT", "PROXY p:1"),
                        said(ScriptEnd.BROKEN, "the script fails")),
                bytes -> assertSmall(
                        PacRunner.answer(
                                new DataInputStream(new ByteArrayInputStream(bytes)),
                                new DataOutputStream(OutputStream.nullOutputStream()),
                                2,
                                HOST),
                        2),
                IOException.class);
    }

    private static byte[] said(ScriptEnd end, String problem, String... answers) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeByte(PacProcess.ASKS_NAME);
        out.writeUTF("a.example");
        out.writeByte(PacProcess.ANSWERS);
        out.writeInt(end.number());
        out.writeUTF(problem);
        out.writeInt(answers.length);
        for (String answer : answers) {
            out.writeUTF(answer);
        }
        return all.toByteArray();
    }

    private static final class Host implements PacHost {
        @Override
        public Optional<String> resolve(String name) {
            return name.length() % 2 == 0 ? Optional.of("10.0.0.1") : Optional.empty();
        }

        @Override
        public String ownAddress() {
            return "192.0.2.7";
        }

        @Override
        public ZonedDateTime now() {
            return NOW;
        }
    }
}
