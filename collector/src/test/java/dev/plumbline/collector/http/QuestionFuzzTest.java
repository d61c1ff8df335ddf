package dev.plumbline.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.v1.QueryServiceGrpc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever is asked over HTTP is a message of the contract, or refused by a sentence that names no class of this program. */
final class QuestionFuzzTest {
    private static final List<Binding> BINDINGS =
            Binding.of(new QueryServiceGrpc.QueryServiceImplBase() {}.bindService());

    @Test
    void pathsParametersAndBodies() {
        Fuzz.total(
                "paths, parameters and bodies of requests",
                Fuzz.texts(
                        "/v1/segments/wifi?at=2026-11-01T10:00:00Z",
                        "/v1/matrix?segment=wifi&pageSize=7&page_token=x&readMask=targetId,state",
                        "/v1/segments/wifi/targets/courier:5223?at=2026-11-01T11:00:00.5+01:00",
                        "/v1/findings?includeClosed=true&orderBy=opened_at desc",
                        "/v1/segments:compare?a.segment=a&b.edition=e&b.at=1970-01-01T00:00:00Z",
                        "/v1/segments:verifyNow\n{\"unknown\": [1, {\"a\": null}]}",
                        "/v1/segments:verifyNow\n{}"),
                bytes -> {
                    String[] asked = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
                    String[] parts = asked[0].split("[?]", 2);
                    for (Binding binding : BINDINGS) {
                        Optional<Map<String, String>> variables = binding.read(parts[0]);
                        if (variables.isPresent()) {
                            ask(
                                    binding,
                                    variables.get(),
                                    parts.length == 2 ? parts[1] : "",
                                    asked.length == 2 ? asked[1] : "");
                        }
                    }
                });
    }

    private static void ask(Binding binding, Map<String, String> variables, String query, String body)
            throws Exception {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] both = parameter.split("=", 2);
            parameters.add(Map.entry(both[0], both.length == 2 ? both[1] : ""));
        }
        try {
            Message message = Question.of(binding, variables, parameters, body);
            variables.forEach((name, value) -> assertThat(
                            message.getField(message.getDescriptorForType().findFieldByName(name)))
                    .isEqualTo(value));
            // What was understood can be said again: an answer repeats times and masks.
            assertThat(JsonFormat.printer().print(message)).isNotEmpty();
        } catch (FieldViolation refused) {
            // Of a body nothing is repeated, neither what was sent nor what the parser said.
            if (refused.field().equals("body")) {
                assertThat(refused.sentence()).doesNotContain("com.google", "java.", "unknown");
            }
        }
    }
}
