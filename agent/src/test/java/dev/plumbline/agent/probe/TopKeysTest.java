package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopKeysTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # text                                  | found | object | whole
            {"a":1}                                 | a     | true   | true
            {"b":[{"a":1}],"a":{"x":"}"}}           | a     | true   | true
            {"b":{"a":1}}                           | -     | true   | true
            {"b":"a"}                               | -     | true   | true
            {"b":"\\"a\\":"}                        | -     | true   | true
            {"aa":1}                                | -     | true   | true
            {"a":1                                  | a     | true   | false
            {"b":"                                  | -     | true   | false
            ["a",{"a":1}]                           | -     | false  | false
            <html>{"a":1}                           | -     | false  | false
            {"a":1}{"a":1}                          | -     | false  | false
            {}]                                     | -     | false  | false
            """)
    void onlyTheKeysOfTheObjectItselfCountHoweverItComes(String text, String found, boolean isObject, boolean isWhole) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= bytes.length; piece++) {
            TopKeys keys = new TopKeys(Set.of("a"));
            for (int from = 0; from < bytes.length; from += piece) {
                keys.see(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
            }
            assertThat(keys.found()).isEqualTo(found.equals("-") ? Set.of() : Set.of(found));
            assertThat(keys.isObject()).isEqualTo(isObject);
            assertThat(keys.isWhole()).isEqualTo(isWhole);
        }
    }

    @Test
    void aTextWithoutEndIsNotKept() {
        TopKeys keys = new TopKeys(Set.of("a"));
        keys.see("{\"".getBytes(StandardCharsets.US_ASCII));
        byte[] more = new byte[1 << 16];
        Arrays.fill(more, (byte) 'x');
        for (int i = 0; i < 200; i++) {
            keys.see(more);
        }
        keys.see("\":1,\"a\":2}".getBytes(StandardCharsets.US_ASCII));
        assertThat(keys.found()).containsExactly("a");
        assertThat(keys.isWhole()).isTrue();
    }
}
