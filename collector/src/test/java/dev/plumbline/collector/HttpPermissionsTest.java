package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path that a whole collector serves over HTTP, asked by everybody, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HttpPermissionsTest {
    private static final String TARGET = "courier:5223";

    /** What is answered. "wifi" is a viewer's token for one segment. */
    private static final String TABLE = """
            #                                                   nobody wrong wifi viewer auditor operator admin
            GET    /v1/segments                                 401    401   200  200    200     200      200
            GET    /v1/segments/wifi                            401    401   200  200    200     200      200
            GET    /v1/segments/srv                             401    401   403  200    200     200      200
            GET    /v1/segments/none                            401    401   403  404    404     404      404
            GET    /v1/matrix                                   401    401   200  200    200     200      200
            GET    /v1/matrix?segment=srv                       401    401   403  200    200     200      200
            GET    /v1/segments/wifi/matrix                     401    401   200  200    200     200      200
            GET    /v1/segments/srv/matrix                      401    401   403  200    200     200      200
            GET    /v1/findings                                 401    401   200  200    200     200      200
            GET    /v1/findings/none                            401    401   404  404    404     404      404
            GET    /v1/findings/none/remedy                     401    401   404  404    404     404      404
            GET    /v1/segments/wifi/targets/TARGET             401    401   200  200    200     200      200
            GET    /v1/segments/srv/targets/TARGET              401    401   403  200    200     200      200
            GET    /v1/segments:compare?a.segment=wifi&b.segment=wifi 401 401 200 200    200     200      200
            GET    /v1/segments:compare?a.segment=wifi&b.segment=srv  401 401 403 200    200     200      200
            GET    /v1/watch                                    401    401   200  200    200     200      200
            POST   /v1/segments:verifyNow                       401    401   403  403    403     200      200
            GET    /v1/reports:generate                         401    401   403  403    400     400      400
            GET    /openapi.json                                401    401   200  200    200     200      200
            GET    /healthz                                     200    200   200  200    200     200      200
            GET    /readyz                                      200    200   200  200    200     200      200
            GET    /v1/nothing                                  404    404   404  404    404     404      404
            GET    /plumbline.v1.QueryService/ListSegments      404    404   404  404    404     404      404
            POST   /plumbline.v1.QueryService/ListSegments      404    404   404  404    404     404      404
            GET    /none                                        404    404   404  404    404     404      404
            # Pages are for whoever signed in, which no token in a header does.
            GET    /                                            303    303   303  303    303     303      303
            GET    /report                                      303    303   303  303    303     303      303
            GET    /sign-in                                     200    200   200  200    200     200      200
            GET    /metrics                                     401    401   403  200    200     200      200
            DELETE /v1/segments/wifi                            405    405   405  405    405     405      405
            POST   /v1/matrix                                   405    405   405  405    405     405      405
            GET    /v1/segments:verifyNow                       405    405   405  405    405     405      405
            # What is wrong with a question is told to whoever may ask it.
            GET    /v1/matrix?at=yesterday                      401    401   400  400    400     400      400
            GET    /v1/watch?segmnt=wifi                        401    401   400  400    400     400      400
            POST   /v1/segments:verifyNow?fast=true             401    401   403  403    403     400      400
            """.replace("TARGET", TARGET);

    private static final List<String> CALLERS =
            List.of("nobody", "wrong", "wifi", "viewer", "auditor", "operator", "admin");

    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static HttpAsker http;
    private static final Map<String, String> TOKENS = new HashMap<>();

    /** Whoever is refused too often from one address is put off; this host has 16 million. */
    private static int strangers;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.startWithHttp(folder);
        http = HttpAsker.of(collector);
        TOKENS.put("wrong", "plumbline-" + "A".repeat(43));
        TOKENS.put("wifi", collector.token("viewer", "wifi"));
        TOKENS.put("viewer", collector.token("viewer"));
        TOKENS.put("auditor", collector.token("auditor"));
        TOKENS.put("operator", collector.token("operator"));
        TOKENS.put("admin", collector.firstToken());
    }

    private static String token(String caller) {
        return Objects.requireNonNull(TOKENS.get(caller), caller);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void everyPathThatIsDescribedStandsInThisTable() throws Exception {
        Set<String> described = new LinkedHashSet<>();
        JsonNode api = http.json("/openapi.json", token("viewer"));
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(described).hasSizeGreaterThan(12).allSatisfy(operation -> {
            String shape = operation.replaceAll("\\{[a-z_]+}", "[^/?]+") + "([?].*)?";
            assertThat(rows())
                    .anySatisfy(row -> assertThat(row.get(0) + " " + row.get(1)).matches(shape));
        });
    }

    private static List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        TABLE.lines()
                .filter(l -> !l.startsWith("#"))
                .forEach(l -> rows.add(List.of(l.strip().split(" +", -1))));
        return rows;
    }

    static Stream<Arguments> everyPathByEverybody() {
        return rows().stream()
                .flatMap(row -> Stream.iterate(0, i -> i < CALLERS.size(), i -> i + 1)
                        .map(i -> Arguments.of(
                                row.get(0), row.get(1), CALLERS.get(i), Integer.parseInt(row.get(i + 2)))));
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @MethodSource("everyPathByEverybody")
    void whoMayAskWhat(String method, String path, String caller, int expected) throws Exception {
        if (caller.equals("wrong")) {
            assertThat(fromElsewhere(method, path)).startsWith("HTTP/1.1 " + expected + " ");
            return;
        }
        assertThat(http.status(http.request(method, path, TOKENS.getOrDefault(caller, ""))
                        .build()))
                .isEqualTo(expected);
    }

    private static String fromElsewhere(String method, String path) throws Exception {
        strangers++;
        return http.raw(
                "127.2.0." + strangers,
                method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + token("wrong") + "\r\n\r\n");
    }

    @Test
    void whoWasRefusedStandsInTheAuditLogAsAtThePeoplesPort() throws Exception {
        http.get("/v1/segments", token("viewer"));
        http.send(
                http.request("POST", "/v1/segments:verifyNow", token("auditor")).build());
        assertThat(collector.audit())
                .anySatisfy(e -> assertThat(e.toString())
                        .contains("token auditor-1", "QueryService/VerifyNow", "role is auditor"));
    }
}
