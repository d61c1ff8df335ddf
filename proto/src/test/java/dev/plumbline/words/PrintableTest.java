package dev.plumbline.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
    private static final Pattern ESCAPE = Pattern.compile("<([0-9a-f]{4,5})>");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what a peer wrote     | in a line      | in JSON
            reset by peer           | reset by peer  | reset by peer
            Zürich, 東京            | Zürich, 東京   | Zürich, 東京
            a<001b>[2Jb             | a?[2Jb         | a\\u001b[2Jb
            a<009b>31mb             | a?31mb         | a\\u009b31mb
            a<007f>b                | a?b            | a\\u007fb
            a<2028>MET<0085>        | a?MET?         | a\\u2028MET\\u0085
            a<202e>b                | a?b            | a\\u202eb
            a<e0041>b               | a?b            | a\\udb40\\udc41b
            a<000a>b                | a?b            | a<000a>b
            a<0009>b                | a<0009>b       | a<0009>b
            """)
    void whatATerminalWouldObeyIsShown(String wrote, String line, String json) {
        assertThat(Printable.line(read(wrote))).isEqualTo(read(line));
        assertThat(Printable.json(read(wrote))).isEqualTo(read(json));
    }

    private static String read(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), 16))));
    }
}
