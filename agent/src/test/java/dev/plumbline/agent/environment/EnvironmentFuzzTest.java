package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import dev.plumbline.words.Surroundings.CaptivePortal;
import dev.plumbline.words.Surroundings.Discovery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network announces and a host has written down: whatever it is, a bounded fact comes of it. */
final class EnvironmentFuzzTest {
    private static final int MOST_URL = 2_000;
    private static final int MOST_SHOWN = 500;

    @TempDir
    private Path folder = Path.of("");

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void leaseFiles() {
        Path lease = folder.resolve("dhclient.leases");
        DhcpLeases leases = new DhcpLeases(List.of(folder));
        Fuzz.total(
                "DHCP lease files",
                Fuzz.texts(
                        """
                        lease {
                          interface "eth0";
                          option wpad "http://wpad.campus.example/wpad.dat";
                          option unknown-114 68:74:74:70:73:3a:2f:2f:70;
                          renew 4 2026/11/21 12:00:00;
                        }
                        """,
                        "OPTION_252=687474703a2f2f77\nCAPTIVE_PORTAL=https://portal.example/api\n",
                        "[ipv4]\naddress=192.0.2.7\nwpad=http://w.example/p.pac\n\n\n"),
                bytes -> {
                    Files.write(lease, bytes);
                    for (Discovery found : leases.discoveries()) {
                        assertThat(found.found()).matches("(https?://[^\\p{Cntrl}]*)?");
                        assertThat(found.found().length()).isLessThanOrEqualTo(MOST_URL);
                        assertThat(found.found().isEmpty())
                                .isEqualTo(!found.problem().isEmpty());
                    }
                });
    }

    @Test
    void portals() {
        Fuzz.total(
                "answers of a portal's API",
                Fuzz.texts(
                        "{\"captive\": true, \"user-portal-url\": \"https://portal.example/\", \"seconds-remaining\": 7}",
                        "{\"venue\": {\"a\": [1, 2, {}]}, \"captive\": false}"),
                bytes -> {
                    CaptivePortal read = PortalQuestion.read(
                            "https://portal.example/api", new Fetch.Fetched(200, text(bytes), bytes.length, false, ""));
                    assertThat(read.userPortalUrl().length()).isLessThanOrEqualTo(MOST_SHOWN);
                });
    }

    @Test
    void proxies() {
        Fuzz.total(
                "proxies in settings and in a script's answers",
                Fuzz.texts(
                        "http://user:secret@proxy.campus.example:3128/",
                        "PROXY proxy.campus.example:3128; SOCKS s.example:1080; DIRECT",
                        "HTTP [2001:db8::1]:8080; PROXY a",
                        "localhost,.example.com,*.test:443, 10.0.0.0/8"),
                bytes -> {
                    String text = text(bytes);
                    List.of(ProxyAddress.of(text, "test", Optional.empty()), ProxyAddress.ofScriptAnswer(text, "test"))
                            .forEach(choice -> choice.ifPresent(c -> {
                                assertThat(c.port()).isBetween(1, 65535);
                                assertThat(c.host()).matches("[0-9A-Za-z._:-]+");
                            }));
                    assertThat(ProxyAddress.scrubbed(text).length()).isLessThanOrEqualTo(MOST_SHOWN);
                    ProxyVariables variables = new ProxyVariables(
                            Map.of("test", Map.of("http_proxy", text, "HTTPS_PROXY", "p:1", "no_proxy", text)));
                    variables.routeTo(true, "a.example.com", 80);
                    variables.routeTo(false, "a.example.com", 443);
                });
    }

    @Test
    void configuredProxies() {
        Path credentials = folder.resolve("credentials");
        Fuzz.refusing(
                "configured proxies and their credentials",
                Fuzz.texts("proxy.campus.example:3128", "[2001:db8::1]:8080", "user:secret\n"),
                bytes -> {
                    Files.write(credentials, bytes);
                    Optional<String> secret = Optional.empty();
                    try {
                        secret = Optional.of(ConfiguredProxy.authorization(credentials));
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused).hasMessageStartingWith(credentials.toString());
                    }
                    assertThat(ConfiguredProxy.of(text(bytes), secret).port()).isBetween(1, 65535);
                },
                IllegalArgumentException.class);
    }

    @Test
    void environmentFiles() {
        Fuzz.total(
                "files of environment variables",
                Fuzz.texts(
                        "# proxies\nexport http_proxy=\"http://p.example:3128\"\nno_proxy='localhost, .test'\nA=b\n",
                        "DefaultEnvironment=\"https_proxy=http://p:1\" \"x=y z\" w=v\n",
                        "a".repeat(5_000) + " = " + "export ".repeat(1_000)),
                bytes -> SmallFile.assignments(text(bytes))
                        .forEach((name, value) -> assertThat(name).matches("[A-Za-z_][A-Za-z0-9_]*")));
    }

    @Test
    void addressesOfDocuments() {
        Fuzz.total(
                "addresses of documents, and names under search domains",
                Fuzz.texts(
                        "http://wpad.campus.example/wpad.dat",
                        "https://[2001:db8::1]:8443/api?x=y",
                        "a.b.campus.example"),
                bytes -> {
                    UrlText.host(UrlText.parse(text(bytes)));
                    List<String> domains = Arrays.asList(text(bytes).split("[/.]", -1));
                    assertThat(WpadNames.under(domains)).hasSizeLessThan(10).allMatch(n -> n.startsWith("wpad."));
                    assertThat(WpadNames.under(List.of(text(bytes), "campus.example")))
                            .hasSizeLessThan(10);
                });
    }
}
