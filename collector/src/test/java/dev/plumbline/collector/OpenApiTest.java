package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description that a whole collector gives of its HTTP port, against what that port does. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class OpenApiTest {
    private static final Map<String, String> VALUES =
            Map.of("segment", "wifi", "target_id", "courier:5223", "finding_id", "none");

    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static HttpAsker http;
    private static String token;
    private static JsonNode api;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
        token = collector.token("operator");
        api = http.json("/openapi.json", token);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private record Operation(String path, String verb, JsonNode node) {}

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(verb -> all.add(new Operation(path.getKey(), verb.getKey(), verb.getValue()))));
        return all;
    }

    @Test
    void itIsOpenApi31() {
        assertThat(api.get("openapi").asText()).startsWith("3.1.");
        assertThat(api.at("/info/title").asText()).isNotEmpty();
        assertThat(api.at("/info/version").asText()).isNotEmpty();
        assertThat(api.at("/components/securitySchemes/token/scheme").asText()).isEqualTo("bearer");
        Set<String> ids = new HashSet<>();
        assertThat(operations()).hasSizeGreaterThan(12).allSatisfy(operation -> {
            assertThat(operation.path()).startsWith("/");
            assertThat(operation.verb()).isIn("get", "post");
            assertThat(ids.add(operation.node().get("operationId").asText()))
                    .as(operation.path())
                    .isTrue();
            assertThat(operation.node().get("description").asText()).isNotEmpty();
            JsonNode responses = operation.node().get("responses");
            assertThat(responses.has("200")).isTrue();
            responses.forEach(r -> assertThat(r.get("description").asText()).isNotEmpty());
            Set<String> inPath = new HashSet<>();
            Set<String> names = new HashSet<>();
            operation.node().path("parameters").forEach(p -> {
                assertThat(names.add(p.get("in").asText() + " " + p.get("name").asText()))
                        .isTrue();
                assertThat(p.has("schema")).isTrue();
                if (p.get("in").asText().equals("path")) {
                    assertThat(p.get("required").asBoolean()).isTrue();
                    inPath.add(p.get("name").asText());
                }
            });
            assertThat(Pattern.compile("\\{([^}]+)}")
                            .matcher(operation.path())
                            .results()
                            .map(m -> m.group(1)))
                    .containsExactlyInAnyOrderElementsOf(inPath);
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryPropertyHasAType() {
        List<String> references = api.findValuesAsText("$ref");
        assertThat(references)
                .contains("#/components/schemas/google.rpc.Status", "#/components/schemas/Finding")
                .allSatisfy(
                        r -> assertThat(api.at(r.substring(1)).isObject()).as(r).isTrue());
        assertThat(api.at("/components/schemas").properties()).allSatisfy(schema -> {
            assertThat(schema.getValue().get("type").asText()).isEqualTo("object");
            assertThat(schema.getValue().get("properties").properties())
                    .allSatisfy(property -> assertThat(property.getValue().has("type")
                                    || property.getValue().has("$ref"))
                            .as(schema.getKey() + "." + property.getKey())
                            .isTrue());
        });
    }

    @Test
    void aStreamThatGoesOnSaysByWhichHeader() {
        JsonNode parameters = api.at("/paths/~1v1~1watch/get/parameters");
        assertThat(parameters)
                .filteredOn(p -> p.get("in").asText().equals("header"))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.get("name").asText()).isEqualTo("Last-Event-ID");
                    assertThat(p.get("description").asText()).contains("resumeAfter");
                });
        assertThat(api.at("/paths/~1v1~1segments:verifyNow/post").toString()).doesNotContain("Last-Event-ID");
    }

    @Test
    void anOperationThatIsTheOnlyOneOfItsNameHasNoNumber() {
        assertThat(api.at("/paths/~1healthz/get/operationId").asText()).isEqualTo("healthz");
        assertThat(operations().stream()
                        .filter(o -> o.path().equals("/v1/matrix") || o.path().endsWith("/matrix")))
                .extracting(o -> o.node().get("operationId").asText())
                .containsExactlyInAnyOrder("GetMatrix", "GetMatrix2");
    }

    @Test
    void theCommentsOfTheContractAreInIt() {
        assertThat(api.at("/paths/~1v1~1segments:compare/get/description").asText())
                .isEqualTo(
                        "What differs between two sides. NOT_FOUND: no such segment or edition. It needs the role viewer.");
        assertThat(api.at("/components/schemas/Cell/properties/soft/description")
                        .asText())
                .isEqualTo("Soft = seen once, not yet confirmed.");
    }

    @Test
    void everyPathIsServedAsItIsDescribed() throws Exception {
        for (Operation operation : operations()) {
            String path = operation.path();
            for (Map.Entry<String, String> value : VALUES.entrySet()) {
                path = path.replace("{" + value.getKey() + "}", value.getValue());
            }
            assertThat(path).doesNotContain("{");
            String query = path.endsWith(":compare") ? "?a.segment=wifi&b.segment=srv" : "";
            HttpRequest request = http.request(operation.verb().toUpperCase(Locale.ROOT), path + query, token)
                    .build();
            HttpResponse<InputStream> response = http.open(request);
            String type =
                    response.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
            String status = String.valueOf(response.statusCode());
            JsonNode described = operation.node().at("/responses/" + (status.equals("200") ? "200" : "default"));
            assertThat(described.at("/content").has(type))
                    .as(path + " gave " + status + " as " + type)
                    .isTrue();
            // Of no period anything is remembered here.
            String expected = path.startsWith("/v1/reports") ? "400" : path.contains("none") ? "404" : "200";
            assertThat(status).as(path).isEqualTo(expected);
            if (type.equals("application/json")) {
                assertDescribed(
                        HttpAsker.json(new String(response.body().readAllBytes(), StandardCharsets.UTF_8)),
                        described.at("/content/application~1json/schema"),
                        path);
            }
            response.body().close();
        }
    }

    /** Nothing is answered that is not described. */
    private static void assertDescribed(JsonNode answer, JsonNode schema, String where) {
        if (schema.isMissingNode() || schema.has("additionalProperties")) {
            return;
        }
        if (schema.has("$ref")) {
            assertDescribed(answer, api.at(schema.get("$ref").asText().substring(1)), where);
        } else if (answer.isArray()) {
            assertThat(schema.get("type").asText()).as(where).isEqualTo("array");
            answer.forEach(item -> assertDescribed(item, schema.get("items"), where + "[]"));
        } else if (answer.isObject()) {
            answer.properties().forEach(property -> {
                assertThat(schema.get("properties").has(property.getKey()))
                        .as(where + "." + property.getKey())
                        .isTrue();
                assertDescribed(
                        property.getValue(),
                        schema.get("properties").get(property.getKey()),
                        where + "." + property.getKey());
            });
        } else {
            String type = answer.isTextual()
                    ? "string"
                    : answer.isBoolean() ? "boolean" : answer.isIntegralNumber() ? "integer" : "number";
            assertThat(schema.get("type").asText()).as(where).isEqualTo(type);
        }
    }

    @Test
    void everyParameterThatIsDescribedIsTaken() throws Exception {
        Map<String, String> values =
                Map.of("string", "", "integer", "1", "boolean", "true", "date-time", "2999-01-01T00:00:00Z");
        for (Operation operation : operations()) {
            for (JsonNode parameter : operation.node().path("parameters")) {
                if (parameter.get("in").asText().equals("query")) {
                    JsonNode schema = parameter.get("schema");
                    String kind = schema.path("format").asText().equals("date-time")
                            ? "date-time"
                            : schema.get("type").asText();
                    String path = operation.path().replaceAll("\\{[a-z_]+}", "wifi") + "?"
                            + parameter.get("name").asText() + "=" + values.get(kind);
                    HttpResponse<InputStream> response =
                            http.open(http.request("GET", path, token).build());
                    if (response.statusCode() == 400) {
                        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                                .as(path)
                                .doesNotContain(
                                        "there is no parameter", "is no time", "is no number", "neither true nor");
                    }
                    response.body().close();
                }
            }
        }
    }
}
