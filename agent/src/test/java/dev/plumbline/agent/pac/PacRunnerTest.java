package dev.plumbline.agent.pac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.ScriptEnd;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PacRunnerTest {
    /** Time enough for a slow machine; what is hostile is stopped by the other limits. */
    private static final PacLimits PATIENT = new PacLimits(5_000_000, 64 << 20, Duration.ofSeconds(60));

    /** On a Saturday evening in November. */
    private static final PacHost HOST = new PacHost() {
        @Override
        public Optional<String> resolve(String name) {
            return name.equals("inside.campus.example") ? Optional.of("10.20.0.7") : Optional.empty();
        }

        @Override
        public String ownAddress() {
            return "10.20.20.10";
        }

        @Override
        public ZonedDateTime now() {
            return ZonedDateTime.of(2026, 11, 21, 19, 30, 15, 0, ZoneOffset.ofHours(1));
        }
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            isPlainHostName('printer')                                      | true
            isPlainHostName('a.b')                                          | false
            dnsDomainIs('www.campus.example', '.campus.example')            | true
            dnsDomainIs('www.campus.test', '.campus.example')               | false
            localHostOrDomainIs('www', 'www.campus.example')                | true
            localHostOrDomainIs('www.campus.test', 'www.campus.example')    | false
            isResolvable('inside.campus.example')                           | true
            isResolvable('nowhere.campus.example')                          | false
            isInNet('10.20.0.9', '10.20.0.0', '255.255.0.0')                | true
            isInNet('inside.campus.example', '10.20.0.0', '255.255.0.0')    | true
            isInNet('10.21.0.9', '10.20.0.0', '255.255.0.0')                | false
            isInNet('nowhere.campus.example', '0.0.0.0', '0.0.0.0')         | false
            isInNet('10.20.0.9', 'rubbish', '255.255.0.0')                  | false
            dnsResolve('inside.campus.example')                             | 10.20.0.7
            dnsResolve('nowhere.campus.example')                            | null
            myIpAddress()                                                   | 10.20.20.10
            dnsDomainLevels('a.b.c')                                        | 2
            convert_addr('10.0.0.1')                                        | 167772161
            shExpMatch('https://www.apple.com/', 'https://*.apple.com/*')   | true
            shExpMatch('https://www.apple.org/', '*.apple.com/*')           | false
            shExpMatch('abc', 'a?c')                                        | true
            shExpMatch('a.c', 'a[.]c')                                      | false
            weekdayRange('SAT')                                             | true
            weekdayRange('FRI', 'MON')                                      | true
            weekdayRange('MON', 'FRI')                                      | false
            weekdayRange('someday')                                         | false
            timeRange(19)                                                   | true
            timeRange(18, 'GMT')                                            | true
            timeRange(9, 17)                                                | false
            timeRange(22, 20)                                               | true
            timeRange(19, 0, 19, 30)                                        | true
            timeRange(19, 31, 20, 0)                                        | false
            timeRange(19, 30, 0, 19, 30, 20)                                | true
            dateRange('NOV')                                                | true
            dateRange('DEC', 'JAN')                                         | false
            dateRange('OCT', 'DEC')                                         | true
            dateRange(21)                                                   | true
            dateRange(2027)                                                 | false
            dateRange(1, 'NOV', 30, 'NOV')                                  | true
            dateRange(1, 'JAN', 2026, 31, 'JAN', 2026)                      | false
            dateRange('rubbish')                                            | false
            typeof Packages                                                 | undefined
            typeof java                                                     | undefined
            typeof JavaAdapter                                              | undefined
            """)
    void theFunctionsSayWhatTheSpecificationSays(String expression, String expected) {
        assertThat(run("function FindProxyForURL(url, host) { return String(" + expression + "); }")
                        .answers())
                .containsExactly(expected);
    }

    @Test
    void eachQuestionIsAskedWithItsUrlAndHost() {
        PacOutcome outcome = new PacRunner(PATIENT, PATIENT.time())
                .run(
                        "function FindProxyForURL(url, host) { if (host == 'a.example') return 'DIRECT';"
                                + " return 'PROXY p:3128 ' + url; }",
                        List.of(new PacQuestion("https://a.example/", "a.example"), new PacQuestion("http://b/", "b")),
                        HOST)
                .join();
        assertThat(outcome.answers()).containsExactly("DIRECT", "PROXY p:3128 http://b/");
        assertThat(outcome.problem()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            function FindProxyForURL() { while (true) {} }                                          | does not end
            function FindProxyForURL() { for (;;) { try { while (true) {} } catch (e) {} finally {} } } | does not end
            while (true) {}                                                                         | does not end
            function f() { return f(); } function FindProxyForURL() { return f(); }                 | fails
            function FindProxyForURL() { return /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'); } | does not end
            function FindProxyForURL() { var a = []; while (true) a.push('x' + a.length); }         | memory
            function FindProxyForURL() { throw 'no'; }                                              | fails
            function FindProxyForURL() { return nowhere.at.all; }                                   | fails
            function FindProxyForURL( {                                                             | fails
            var x = 1;                                                                              | no function FindProxyForURL
            <html><body>Log in</body></html>                                                        | fails
            function FindProxyForURL() { return java.lang.System.exit(1); }                         | fails
            function FindProxyForURL() { return ''.getClass().forName('java.lang.Runtime'); }       | fails
            function FindProxyForURL() { return myIpAddress.getClass().getName(); }                 | fails
            """)
    void aHostileOrBrokenScriptIsAValue(String script, String problem) {
        PacLimits limits = new PacLimits(
                problem.equals("memory") ? Long.MAX_VALUE : PATIENT.instructions(), 32 << 20, PATIENT.time());
        PacOutcome outcome = new PacEngine(limits, HOST).evaluate(script, List.of(new PacQuestion("http://b/", "b")));
        assertThat(outcome.problem()).contains(problem);
        assertThat(outcome.answers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var s = 'x'; for (var i = 0; i < 40; i++) s += s; function FindProxyForURL() { return s; }",
                "function FindProxyForURL() { return 'x'.repeat(2000000000); }",
                "function FindProxyForURL() { return new Array(4000000000).join('x'); }",
                "function FindProxyForURL() { return String(new ArrayBuffer(2000000000)); }"
            })
    void oneThatWantsAllMemoryEndsSomehow(String script) {
        PacOutcome outcome = new PacRunner(PATIENT, PATIENT.time())
                .run(script, List.of(new PacQuestion("http://b/", "b")), HOST)
                .join();
        assertThat(outcome.end() == ScriptEnd.ANSWERED)
                .isEqualTo(!outcome.answers().isEmpty());
        assertThat(outcome.answers()).allMatch(answer -> answer.length() <= 300);
    }

    @Test
    void aScriptThatTakesTooLongIsKilledAndTheNextRuns() {
        PacHost stuck = new PacHost() {
            @Override
            public Optional<String> resolve(String name) {
                try {
                    Thread.currentThread().join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Optional.empty();
            }

            @Override
            public String ownAddress() {
                return HOST.ownAddress();
            }

            @Override
            public ZonedDateTime now() {
                return HOST.now();
            }
        };
        List<PacQuestion> questions = List.of(new PacQuestion("http://b/", "b"));
        String script = "function FindProxyForURL() { return dnsResolve('inside.campus.example'); }";
        PacRunner hasty = new PacRunner(new PacLimits(1000, 1 << 20, Duration.ofMillis(300)), Duration.ofMillis(200));
        assertThat(hasty.run(script, questions, stuck).join().problem()).contains("within 500 ms");
        assertThat(new PacRunner(PATIENT, PATIENT.time())
                        .run(script, questions, HOST)
                        .join()
                        .answers())
                .containsExactly("10.20.0.7");
    }

    private static PacOutcome run(String script) {
        return new PacEngine(PATIENT, HOST).evaluate(script, List.of(new PacQuestion("http://b/", "b")));
    }
}
