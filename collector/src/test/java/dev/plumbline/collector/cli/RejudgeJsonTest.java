package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.rejudge.EditionChanges;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RejudgeJsonTest {
    private static final SegmentId GUEST = new SegmentId("guest");
    private static final Instant FIRST = Instant.parse("2026-11-01T10:00:00Z");
    private static final EditionChanges.Span SPAN = new EditionChanges.Span(FIRST, FIRST.plusSeconds(600));

    @Test
    void whatPeopleReadIsThere() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(RejudgeJson.of(new EditionChanges(
                        "plumbline-2026",
                        "ht210060-2022",
                        3,
                        Optional.of(SPAN),
                        List.of(new EditionChanges.RequirementChange(
                                GUEST,
                                "devices-reach-apns",
                                new EditionChanges.Tally(3, 0, 0),
                                new EditionChanges.Tally(1, 2, 0),
                                2,
                                SPAN,
                                "port 2195 is demanded")),
                        List.of(new EditionChanges.CauseChange(
                                Place.of(GUEST), Mechanism.TCP_DROP, "tcp/2195", 0, 2, 2)),
                        List.of(new EditionChanges.Unasked(GUEST, List.of(new TargetId("gateway:2195")))),
                        7)));
        assertThat(json.get("rounds").asInt()).isEqualTo(3);
        assertThat(json.get("first").asText()).isEqualTo("2026-11-01T10:00:00Z");
        assertThat(json.at("/requirements/0/other/broken").asInt()).isEqualTo(2);
        assertThat(json.at("/requirements/0/last").asText()).isEqualTo("2026-11-01T10:10:00Z");
        assertThat(json.at("/causes/0/mechanism").asText()).isEqualTo("tcp.drop");
        assertThat(json.at("/causes/0/place").asText()).isEqualTo("guest");
        assertThat(json.at("/causes/0/otherRounds").asInt()).isEqualTo(2);
        assertThat(json.at("/unasked/0/targets/0").asText()).isEqualTo("gateway:2195");
        assertThat(json.get("leftOutObservations").asLong()).isEqualTo(7);
    }

    @Test
    void aJournalWithoutRoundsHasNoSpan() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(RejudgeJson.of(
                        new EditionChanges("a", "b", 0, Optional.empty(), List.of(), List.of(), List.of(), 0)));
        assertThat(json.has("first")).isFalse();
        assertThat(json.get("requirements")).isEmpty();
    }
}
