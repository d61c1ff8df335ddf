package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScrubTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            content-type        | text/html; charset=utf-8                              | text/html; charset=utf-8
            server              | squid/5.7                                             | squid/5.7
            via                 | 1.1 proxy.campus.example (squid/5.7)                  | 1.1 proxy.campus.example (squid/5.7)
            apns-id             | 6A5D1E1C-5BA4-4C1F-9F1D-8E1C2D3E4F50                  | 6A5D1E1C-5BA4-4C1F-9F1D-8E1C2D3E4F50
            x-squid-error       | ERR_ACCESS_DENIED 0                                   | ERR_ACCESS_DENIED 0
            set-cookie          | sid=8f7a; Path=/                                      | (not kept)
            authorization       | Basic am9lOnNlY3JldA==                                | (not kept)
            x-authenticated-user| CAMPUS\\joe                                           | (not kept)
            www-authenticate    | Negotiate TlRMTVNTUAACAAAA                            | Negotiate
            proxy-authenticate  | Basic realm="campus", NTLM TlRMTVNTUAAC               | Basic, NTLM
            location            | https://portal.example/in?mac=aa:bb:cc:dd:ee:ff&u=joe | https://portal.example/in?mac=~&u=~
            location            | https://joe:secret@portal.example/                    | https://~@portal.example/
            location            | /login?8f7a6c5b                                       | /login?~
            location            | https://portal.example/#access_token=abc              | https://portal.example/#access_token=~
            location            | https://portal.example/c/aabbccddeeff/welcome         | https://portal.example/c/~/welcome
            refresh             | 0; url=http://portal.example/?id=7                    | 0; url=http://portal.example/?id=~
            """)
    void headersSayWhoServesAndNotWhomTheyServe(String name, String sent, String kept) {
        assertThat(Scrub.headers(Map.of(name, sent))).containsExactly(Map.entry(name, kept));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML> | <HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>
            {"reason":"MissingProviderToken"}                       | {"reason":"MissingProviderToken"}
            <?xml version="1.0" encoding="UTF-8"?><plist><key>bag</key><data>PD94bWw=</data> | <?xml version="1.0" encoding="UTF-8"?><plist><key>bag</key><data>PD94bWw=</data>
            Access to this site has been blocked by your network administrator. Why? | Access to this site has been blocked by your network administrator. Why?
            SSH-2.0-OpenSSH_9.2p1 Debian-2                          | SSH-2.0-OpenSSH_9.2p1 Debian-2
            <a href="/in?mac=aa-bb-cc-dd-ee-ff&amp;ap=lib2">go</a>  | <a href="/in?mac=~&amp;ap=~">go</a>
            window.location='http://p.example/?user=joe&t=9';       | window.location='http://p.example/?user=~&t=~';
            <a href="/logout?8f7a6c5b4d">bye</a>                    | <a href="/logout?~">bye</a>
            Your device AA:BB:CC:DD:EE:FF is unknown                | Your device ~ is unknown
            station aabb.ccdd.eeff                                  | station ~
            from aa%3Abb%3Acc%3Add%3Aee%3Aff                        | from ~
            Your device AA:BB:CC:D                                  | Your device ~
            Blocked for joe.doe@campus.example by policy            | Blocked for ~@campus.example by policy
            User: joe                                               | User: ~
            User name = CAMPUS\\joe, Category: games                | User name = ~, Category: games
            Benutzer: jdoe                                          | Benutzer: ~
            <td>Username</td><td>Joe Doe</td>                       | <td>Username</td><td>~</td>
            <b>User</b>: joe                                        | <b>User</b>: ~
            {"session_id":"8f7a6c","error":"login"}                 | {"session_id":"~","error":"login"}
            <input type="hidden" name="magic" value="8f7a6c">       | <input type="hidden" name="magic" value="~">
            Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc      | Authorization: Bearer ~
            token=eyJhbGciOiJIUzI1NiJ9.e30.abcdef                   | token=~
            """)
    void pagesSayWhatTheyAreAndNotWhomTheyWereShownTo(String sent, String kept) {
        assertThat(body(sent, Map.of("content-type", "text/html"))).isEqualTo(kept);
        assertThat(body(sent, Map.of())).isEqualTo(kept);
    }

    @Test
    void whatIsNoTextIsLeftAsItIs() {
        byte[] der = "0\u0082\u0001 joe@campus.example User: joe".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Scrub.body(Bytes.of(der), Map.of("content-type", "application/ocsp-response")))
                .isEqualTo(Bytes.of(der));
    }

    @Test
    void aPageThatHidesBehindAZeroIsAPageAllTheSame() {
        assertThat(body("\u0000User: joe", Map.of("content-type", "text/html"))).isEqualTo("\u0000User: ~");
    }

    @Test
    void aCompressedBodyIsNotKept() {
        assertThat(body("User: joe", Map.of("content-encoding", "gzip"))).isEmpty();
    }

    @Test
    void anyTextEndsSoonAndStaysScrubbed() {
        String alphabet = "aA0f:-%3@/?&=#;<>\"' .user:valuetoken";
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(Exchange.MAX_BODY_START);
            char often = alphabet.charAt(random.nextInt(alphabet.length()));
            while (text.length() < length) {
                text.append(random.nextInt(4) > 0 ? often : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String once = Scrub.text(text.toString());
            assertThat(once).doesNotContainPattern("(?<![0-9A-Fa-f])([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f])");
        }
    }

    private static String body(String sent, Map<String, String> headers) {
        return Scrub.body(Bytes.of(sent.getBytes(StandardCharsets.ISO_8859_1)), headers)
                .latin1();
    }
}
