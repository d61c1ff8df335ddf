package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.v1.QueryServiceGrpc;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked over HTTP, as messages of the contract. */
final class QuestionTest {
    private static final List<Binding> BINDINGS =
            Binding.of(new QueryServiceGrpc.QueryServiceImplBase() {}.bindService());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /v1/segments                                          | ''
            /v1/segments/wifi                                     | segment: "wifi"
            /v1/segments/wifi?at=2026-11-01T10:00:00Z             | segment: "wifi" at { seconds: 1793527200 }
            /v1/segments/wifi?at=2026-11-01T11:00:00%2B01:00      | segment: "wifi" at { seconds: 1793527200 }
            /v1/matrix?segment=wifi&pageSize=7&page_token=x       | segment: "wifi" page_size: 7 page_token: "x"
            /v1/matrix?readMask=targetId,state                    | read_mask { paths: "target_id" paths: "state" }
            /v1/matrix?read_mask=target_id                        | read_mask { paths: "target_id" }
            /v1/segments/wifi/targets/courier:5223                | segment: "wifi" target_id: "courier:5223"
            /v1/findings?includeClosed=true                       | include_closed: true
            /v1/findings/x-wifi-tcp.drop-1/remedy?dialect=squid   | finding_id: "x-wifi-tcp.drop-1" dialect: "squid"
            /v1/segments:compare?a.segment=a&b.edition=e          | a { segment: "a" } b { edition: "e" }
            /v1/watch?resumeAfter=y                               | resume_after: "y"
            """)
    void pathsAndParametersAreFields(String asked, String expected) throws Exception {
        assertThat(TextFormat.printer()
                        .emittingSingleLine(true)
                        .printToString(asked(asked, "GET", ""))
                        .strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            /v1/matrix?pageSize=                  | page_size: '' is no number that fits
            /v1/matrix?pageSize=99999999999       | page_size: '99999999999' is no number that fits
            /v1/matrix?at=2026-11-01              | at: '2026-11-01' is no time
            /v1/matrix?at=2026-91-01T10:00:00Z    | at: '2026-91-01T10:00:00Z' is no time
            /v1/matrix?at=2026-02-30T10:00:00Z    | at: '2026-02-30T10:00:00Z' is no time
            /v1/matrix?at=2026-11-01T10:00:00, or so, Z | at: '2026-11-01T10:00:00, or so, Z' is no time
            /v1/matrix?at=%2B10000-01-01T10:00:00Z | is no time
            /v1/matrix?at.seconds=1               | there is no parameter 'at.seconds' here
            /v1/matrix?.=1                        | there is no parameter '.' here
            /v1/matrix?segment.id=1               | there is no parameter 'segment.id' here
            /v1/segments:compare?a=wifi           | there is no parameter 'a' here
            /v1/segments:compare?a.segment=x&a.segment=y | a.segment: is given twice
            /v1/segments/wifi?segment=srv         | segment: is given twice
            """)
    void whatCannotBeReadIsNamed(String asked, String said) {
        assertThatThrownBy(() -> asked(asked, "GET", ""))
                .isInstanceOf(FieldViolation.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            [1]           | body: is no JSON object with the fields of this path; there are none; send {}
            {"fast":true} | body: is no JSON object with the fields of this path; there are none; send {}
            {             | body: is no JSON object with the fields of this path; there are none; send {}
            {"a":         | body: is no JSON object with the fields of this path; there are none; send {}
            """)
    void aBodyThatIsNotDescribedIsRefusedWithoutTheNameOfAClass(String body, String said) {
        assertThatThrownBy(() -> asked("/v1/segments:verifyNow", "POST", body))
                .isInstanceOf(FieldViolation.class)
                .hasMessageContaining(said)
                .hasMessageNotContainingAny("Exception", "java", "com.google", "plumbline");
    }

    @ParameterizedTest
    @CsvSource({"''", "{}"})
    void anEmptyBodyIsAnEmptyObject(String body) throws Exception {
        assertThat(asked("/v1/segments:verifyNow", "POST", body).getAllFields()).isEmpty();
    }

    private static Message asked(String pathAndQuery, String verb, String body) throws FieldViolation {
        String[] parts = pathAndQuery.split("[?]", 2);
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (parts.length == 2) {
            for (String parameter : parts[1].split("&", -1)) {
                String[] both = parameter.split("=", 2);
                parameters.add(Map.entry(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8)));
            }
        }
        for (Binding binding : BINDINGS) {
            if (binding.verb().name().equals(verb) && binding.read(parts[0]).isPresent()) {
                return Question.of(binding, binding.read(parts[0]).orElseThrow(), parameters, body);
            }
        }
        throw new AssertionError("nothing is at " + parts[0]);
    }
}
