package dev.plumbline.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a dashboard shows of metrics that are there, but seldom. */
final class DashboardTest {
    private static final Pattern RANGE =
            Pattern.compile("(plumbline_\\w+_seconds_(?:bucket|sum|count))(?:\\{[^}]*})?\\[([^\\]]+)]");

    /** A round's facts come at once, every five minutes: over less than some rounds a quotient of them is no number. */
    @Test
    void durationsOfRoundsAreLookedAtOverSomeRounds() throws Exception {
        int ranges = 0;
        for (String expression : dashboard().findValuesAsText("expr")) {
            Matcher range = RANGE.matcher(expression);
            while (range.find()) {
                assertThat(range.group(2)).as(range.group(1)).isEqualTo("20m");
                ranges++;
            }
        }
        assertThat(ranges).isGreaterThan(5);
    }

    /** Grafana shows the first of several tables alone, unless they are merged. */
    @Test
    void aTableHasOneQuestionOrMergesThem() throws Exception {
        for (JsonNode panel : dashboard().path("panels")) {
            if (panel.path("type").asText().equals("table")) {
                assertThat(panel.path("targets").size() == 1
                                || panel.path("transformations")
                                        .findValuesAsText("id")
                                        .contains("merge"))
                        .as(panel.path("title").asText())
                        .isTrue();
            }
        }
    }

    private static JsonNode dashboard() throws Exception {
        return new ObjectMapper().readTree(Files.readString(NamedMetrics.DASHBOARD));
    }
}
