package dev.plumbline.agent.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.agent.probe.ProxyChoice;
import dev.plumbline.words.Surroundings.ProxySetting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyVariablesTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            https_proxy=http://proxy:3128                                | https | a.example        | proxy:3128
            HTTPS_PROXY=proxy:3128                                       | https | a.example        | proxy:3128
            http_proxy=http://proxy:3128                                 | https | a.example        | undecided
            http_proxy=http://proxy:3128/                                | http  | a.example        | proxy:3128
            all_proxy=http://u:p@proxy:3128                              | https | a.example        | proxy:3128
            all_proxy=http://[2001:db8::1]:3128                          | https | a.example        | 2001:db8::1:3128
            all_proxy=http://proxy                                       | http  | a.example        | proxy:80
            all_proxy=socks5://proxy:1080                                | https | a.example        | undecided
            all_proxy=https://proxy:443                                  | https | a.example        | undecided
            all_proxy=proxy:99999                                        | https | a.example        | undecided
            all_proxy=proxy:3128 no_proxy=.campus.example,apple.com      | https | www.apple.com    | direct
            all_proxy=proxy:3128 no_proxy=.campus.example,apple.com      | https | pineapple.com    | proxy:3128
            all_proxy=proxy:3128 no_proxy=*                              | https | a.example        | direct
            all_proxy=proxy:3128 no_proxy=a.example:443                  | https | a.example        | direct
            all_proxy=proxy:3128 no_proxy=a.example:8443                 | https | a.example        | proxy:3128
            x=y                                                          | https | a.example        | undecided
            """)
    void theVariablesDecideAsInOtherPrograms(String variables, String scheme, String host, String expected) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String one : variables.split(" ", -1)) {
            all.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        ProxyRoute route = new ProxyVariables(Map.of("environment", all)).routeTo(scheme.equals("http"), host, 443);
        assertThat(
                        !route.decided()
                                ? "undecided"
                                : route.proxy().map(ProxyChoice::name).orElse("direct"))
                .isEqualTo(expected);
    }

    @Test
    void whatTheProcessHasCountsBeforeAFileAndBothAreFacts() {
        Map<String, Map<String, String>> sources = new LinkedHashMap<>();
        sources.put("environment", Map.of("https_proxy", "http://lab:secret@near:1"));
        sources.put("/etc/environment", SmallFile.assignments("# x\nexport HTTPS_PROXY=\"http://far:2\"\nLANG=C\n"));
        ProxyVariables variables = new ProxyVariables(sources);
        assertThat(variables.facts())
                .containsExactly(
                        new ProxySetting("environment", "https_proxy", "http://***@near:1"),
                        new ProxySetting("/etc/environment", "HTTPS_PROXY", "http://far:2"));
        assertThat(variables.routeTo(false, "a.example", 443).proxy())
                .map(ProxyChoice::name)
                .contains("near:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://lab:secret@proxy:3128   | http://***@proxy:3128
            lab:secret@proxy:3128          | ***@proxy:3128
            http://lab:p@ss/w@proxy        | http://***@proxy
            http://proxy:3128              | http://proxy:3128
            localhost,127.0.0.1            | localhost,127.0.0.1
            """)
    void passwordsStayOnTheHost(String value, String scrubbed) {
        assertThat(ProxyAddress.scrubbed(value)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROXY proxy.campus.example:3128; DIRECT | proxy.campus.example:3128
            SOCKS s:1080; PROXY p:8080              | p:8080
            HTTPS p:443; DIRECT                     | -
            DIRECT; PROXY p:8080                    | -
            PROXY                                   | -
            PROXY p:8080 x                          | -
            ''                                      | -
            """)
    void theFirstProxyOfAScriptsAnswerIsTried(String answer, String expected) {
        Optional<ProxyChoice> choice = ProxyAddress.ofScriptAnswer(answer, "wpad-dns");
        assertThat(choice.map(ProxyChoice::name).orElse("-")).isEqualTo(expected);
    }

    @Test
    void systemdsDefaultEnvironmentIsRead() {
        assertThat(SmallFile.assignments("[Manager]\nDefaultEnvironment=\"https_proxy=http://p:1\" LANG=C\n"))
                .containsEntry("https_proxy", "http://p:1")
                .containsEntry("LANG", "C");
    }
}
