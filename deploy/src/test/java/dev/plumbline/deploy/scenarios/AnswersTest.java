package dev.plumbline.deploy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    @Test
    void onlyOpenViolationsAndFaultsCount() throws Trouble {
        assertThat(Answers.findings("""
                [{"place":"wifi","mechanism":"tcp.drop","scope":"tcp/5223","severity":"violation","sentence":"dropped"},
                 {"place":"wifi","mechanism":"quality.loss","scope":"all","severity":"note","sentence":"lost"},
                 {"place":"guest","mechanism":"segment.offline","scope":"all","severity":"FAULT","closedAt":null,"remedy":"mend"},
                 {"place":"srv","mechanism":"tcp.drop","scope":"all","severity":"violation","closedAt":"2026-01-01T00:00:00Z"},
                 {"place":"srv","mechanism":"tcp.reset","scope":"all","severity":"violation","flapping":true,"round":6},
                 {"place":"lab","mechanism":"tcp.reset","scope":"all","severity":"violation","flapping":true,"round":7,"sentence":"reset"},
                 {"place":"lab","mechanism":"tcp.drop","scope":"all","severity":"violation","flapping":false,"round":6,"sentence":"left"}]
                """, 7))
                .extracting(f -> f.claim() + ": " + f.sentence())
                .containsExactly(
                        "wifi tcp.drop tcp/5223: dropped",
                        "guest segment.offline all: mend",
                        "lab tcp.reset all: reset",
                        "lab tcp.drop all: left");
    }

    @Test
    void agentsAreConnectedWhenTheCollectorSaysSo() throws Trouble {
        assertThat(Answers.connectedAgents("""
                [{"id":"wifi","agents":[{"name":"wifi-1","connected":true},{"name":"wifi-2","connected":false}]},
                 {"id":"srv","agents":[]}]
                """)).containsExactly("wifi/wifi-1");
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            oops                                                                    | gave no JSON
            {}                                                                      | gave no array
            [{"mechanism":"tcp.drop","scope":"all","severity":"fault"}]             | without place
            [{"place":"wifi","mechanism":"m","scope":"port 80","severity":"fault"}] | gave the scope 'port 80'
            """)
    void anAnswerThatSaysTooLittleIsASentence(String json, String sentence) {
        assertThatThrownBy(() -> Answers.findings(json, 0))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining(sentence);
    }
}
