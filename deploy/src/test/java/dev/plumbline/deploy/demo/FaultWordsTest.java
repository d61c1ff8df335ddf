package dev.plumbline.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultWordsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    drop 5223          | Drop[       | ports=[5223]
                    drop all           | Drop[       | ports=[]
                    reset 443          | Reset[      | ports=[443]
                    stall 2197         | Stall[      | ports=[2197]
                    block-page 80      | BlockPage[  | ports=[80]
                    old-tls 5223       | OldTls[     | ports=[5223]
                    intercept 443      | Intercept[  | ports=[443]
                    sni-reset apple.com | SniFilter[ | suffix=apple.com
                    captive            | Captive[    | ]
                    dns refused        | Dns[        | damage=REFUSED
                    """)
    void aFaultIsWrittenInTwoWords(String words, String kind, String part) {
        assertThat(FaultWords.parse(List.of(words.split(" "))).toString())
                .startsWith(kind)
                .contains(part);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    burn 5223       | 'burn 5223' is no fault
                    drop            | '' is no port
                    drop 0          | '0' is no port
                    drop 65536      | '65536' is no port
                    drop 5223 443   | 'drop 5223 443' is no fault
                    captive 80      | 'captive 80' is no fault
                    dns sinks       | 'sinks' is nothing a resolver does here
                    sni-reset A_B   | 'A_B' is no name
                    """)
    void whatIsNoFaultIsRefusedInASentence(String words, String sentence) {
        assertThatThrownBy(() -> FaultWords.parse(List.of(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }
}
