package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpChangesTest {
    /** Lines are parted by '/'; a request ends with an empty one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET x/hOsT: a           | GET x/hOsT: a               | ''
        GET x/hOsT: a           | GET x/Host: a               | case: hOsT arrived as Host
        GET x/a: 1/A: 2         | GET x/a: 1/A: 2/Via: 1.1 p  | added: Via: 1.1 p
        GET x/a: 1/A: 2         | GET x/A: 1, 2               | case: a arrived as A; value: a: 1 arrived as A: 1, 2; missing: A: 2
        GET x/a:  1             | GET x/a: 1                  | value: a:  1 arrived as a: 1
        GET x/a: 1/b: 2         | GET x/b: 2/a: 1             | ends of lines or the order of fields
        GET x/a: 1              | GET http://h/x/a: 1         | first line: GET x arrived as GET http:
        GET x/a: 1              | ''                          | first line: GET x arrived as ; missing: a: 1
        """)
    void whatDiffersIsNamed(String sent, String arrived, String changes) {
        assertThat(String.join("; ", HttpChanges.between(request(sent), request(arrived))))
                .startsWith(changes);
        assertThat(HttpChanges.between(request(sent), request(arrived)).isEmpty())
                .isEqualTo(changes.isEmpty());
    }

    @Test
    void nothingThatATerminalWouldObeyIsShown() {
        assertThat(HttpChanges.between(request("GET x"), request("GET x/a: \u001b[31m\u0007")))
                .containsExactly("added: a: ?[31m?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HTTP/1.1 200 OK/a: 1/A: 2/content-length: 3//abc | 200 | 1, 2 | true
        HTTP/1.0 404/a: 1//                              | 404 | 1    | false
        HTTP/1.1 200 OK/a: 1/content-length: 4//abc      | 200 | 1    | false
        HTTP/1.1 200 OK/a: 1                             | -1  | ''   | false
        SSH-2.0-x//                                      | -1  | ''   | false
        HTTP/1.1 999 x//                                 | -1  | ''   | false
        """)
    void anAnswerIsReadAsItCame(String answer, int status, String a, boolean whole) {
        var reply = HttpReply.parse(Bytes.of(answer.replace("HTTP/", "HTTP#")
                .replace("/", "\r\n")
                .replace('#', '/')
                .getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(reply.map(HttpReply::status).orElse(-1)).isEqualTo(status);
        assertThat(reply.map(r -> r.headers().get("a")).orElse("")).isEqualTo(a);
        assertThat(reply.map(HttpReply::isWhole).orElse(false)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1,5", "2001:db8::1,65535"})
    void whenceIsAnsweredInAsManyBytesToItsOwnToken(String address, int port) {
        Endpoint from = new Endpoint(address, port);
        String token = Token.fresh();
        byte[] question = Whence.question(token);
        byte[] answer = Whence.answer(question, from).orElseThrow();
        assertThat(answer).hasSameSizeAs(question);
        assertThat(Whence.read(answer, token)).contains(from);
        assertThat(Whence.read(answer, Token.fresh())).isEmpty();
        assertThat(Whence.read(question, token)).isEmpty();
        assertThat(Whence.answer(answer, from)).as("an answer is no question").isEmpty();
    }

    private static byte[] request(String lines) {
        return (lines.replace("/", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
