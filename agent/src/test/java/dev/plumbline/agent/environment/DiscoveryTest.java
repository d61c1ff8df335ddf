package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Surroundings.CaptivePortal;
import dev.plumbline.words.Surroundings.Discovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiscoveryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            campus.example                            | wpad.campus.example
            lab.dept.campus.example                   | wpad.lab.dept.campus.example
            lab.dept.campus.example,campus.example    | wpad.lab.dept.campus.example,wpad.dept.campus.example,wpad.campus.example
            school.co.uk                              | wpad.school.co.uk
            local                                     | ''
            ''                                        | ''
            """)
    void noNameOutsideTheOwnSuffixesIsAsked(String domains, String names) {
        List<String> searched = domains.isEmpty() ? List.of() : List.of(domains.split(","));
        assertThat(String.join(",", WpadNames.under(searched))).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eth0.lease      | OPTION_252=687474703a2f2f782f77                | http://x/w
            dhclient.leases | option wpad "http://old/w";~  option wpad "http://x/w"; | http://x/w
            dhclient.leases | option unknown-252 68:74:74:70:3a:2f:2f:78:0a; | http://x
            dhclient.leases | option routers 10.0.0.1;                       | ''
            eth0.lease      | OPTION_252=file:///etc/passwd                  | ''
            """)
    void scriptsAreReadFromLeases(String file, String text, String url, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve(file), "lease {\n" + text.replace('~', '\n') + "\n}\n");
        Discovery found = new DhcpLeases(List.of(folder)).discoveries().get(0);
        assertThat(found.method()).isEqualTo("dhcp-252");
        assertThat(found.found()).isEqualTo(url);
        assertThat(found.problem().isEmpty()).isEqualTo(!url.isEmpty());
    }

    @Test
    void thePortalIsReadFromLeases(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("3.lease"), "CAPTIVE_PORTAL=https://portal.example/api\n");
        assertThat(new DhcpLeases(List.of(folder)).discoveries().get(1))
                .isEqualTo(new Discovery(
                        "dhcp-114", folder.resolve("3.lease").toString(), "https://portal.example/api", ""));
    }

    @Test
    void aHostWithoutLeasesSaysSo(@TempDir Path folder) {
        assertThat(new DhcpLeases(List.of(folder.resolve("none"))).discoveries())
                .hasSize(2)
                .allMatch(d -> d.problem().equals("no lease file on this host"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"captive": true, "user-portal-url": "https://p/"} | true  | https://p/ | ``
            {"captive": false}                                 | false | ``         | ``
            {"captive": "yes"}                                 | false | ``         | the answer has no member 'captive'
            []                                                 | false | ``         | the answer has no member 'captive'
            <html>                                             | false | ``         | the answer is no JSON
            """)
    void thePortalsAnswerIsRead(String body, boolean captive, String url, String problem) {
        Fetch.Fetched fetched = new Fetch.Fetched(200, body, body.length(), false, "");
        assertThat(PortalQuestion.read("https://x/", fetched))
                .isEqualTo(new CaptivePortal("https://x/", 200, problem, captive, url));
    }
}
