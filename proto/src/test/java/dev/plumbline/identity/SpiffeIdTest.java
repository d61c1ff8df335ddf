package dev.plumbline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.SegmentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpiffeIdTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spiffe://campus.example/site/campus/segment/wifi/agent/wifi-1 | AGENT     | wifi-1
            spiffe://campus.example/site/campus/operator/admin            | OPERATOR  | admin
            spiffe://campus.example/site/campus/collector                 | COLLECTOR | ''
            """)
    void everyFormIsReadAndPrintedAlike(String uri, SpiffeId.Kind kind, String name) {
        SpiffeId id = SpiffeId.parse(uri);
        assertThat(id.kind()).isEqualTo(kind);
        assertThat(id.name()).isEqualTo(name);
        assertThat(id).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://campus.example/site/campus/collector",
                "spiffe://campus.example/site/campus/collector/",
                "spiffe://campus.example/site/campus/collector/x",
                "spiffe://campus.example/site/campus",
                "spiffe://CAMPUS.example/site/campus/collector",
                "spiffe://campus.example:80/site/campus/collector",
                "spiffe://campus.example/site/Campus/collector",
                "spiffe://campus.example/site/campus/segment/all/agent/a",
                "spiffe://campus.example/site/campus/segment/wifi/agent/",
                "spiffe://campus.example/site/campus/segment/wifi/agent/..",
                "spiffe://campus.example/site/campus/segment/wifi/agent/a%2fb",
                "spiffe://campus.example/site/campus/operator/a/segment/b"
            })
    void anythingElseIsRefusedWithASentence(String uri) {
        assertThatThrownBy(() -> SpiffeId.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'");
    }

    @Test
    void sitesOfDifferentDomainsAreDifferent() {
        SpiffeId agent = SpiffeId.agent("campus.example", "campus", new SegmentId("wifi"), "a");
        assertThat(agent.isSameSite(SpiffeId.collector("campus.example", "campus")))
                .isTrue();
        assertThat(agent.isSameSite(SpiffeId.collector("other.example", "campus")))
                .isFalse();
        assertThat(agent.isSameSite(SpiffeId.collector("campus.example", "other")))
                .isFalse();
    }
}
