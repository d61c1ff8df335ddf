package dev.plumbline.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The matrix of 200 segments and 150 targets, of which one in four is in some way: how much of it travels to a browser. */
final class LargeMatrixTest {
    private static final int SEGMENTS = 200;
    private static final int TARGETS = 150;
    private static final List<String> OTHERS = List.of("BLOCKED", "INSUFFICIENT", "INTERCEPTED", "NOT_YET_RUN");

    private final List<Segment> segments = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();

    LargeMatrixTest() {
        for (int s = 0; s < SEGMENTS; s++) {
            String segment = "segment-" + s;
            segments.add(Segment.newBuilder()
                    .setId(segment)
                    .setDisplayName("Segment " + s)
                    .addRequirements(Requirement.newBuilder().setId("a").setVerdict("MET"))
                    .build());
            for (int t = 0; t < TARGETS; t++) {
                cells.add(Cell.newBuilder()
                        .setSegment(segment)
                        .setTargetId("host-" + t + ".push.apple.com:443")
                        .setService("service-" + t % 15)
                        .setRequired(true)
                        .setState((s * 31 + t) % 4 == 0 ? OTHERS.get((s + t) % 4) : "OK")
                        .setBecause("6 of 6 addresses: no answer to SYN in 4 s, and other ports pass")
                        .build());
            }
        }
    }

    private static byte[] page(Grid grid) {
        Frame frame = new Frame(
                "Matrix",
                "campus",
                "/",
                Optional.of(new Frame.Who("viewer-1 0123456789", "viewer", "the whole site", false)),
                Optional.of("0123abcd-1"),
                Optional.empty(),
                new Assets());
        return Html.of(
                "matrix",
                Map.of(
                        "frame",
                        frame,
                        "grid",
                        grid,
                        "findings",
                        List.of(),
                        "more",
                        0,
                        "edition",
                        "plumbline-2026",
                        "services",
                        List.of("service-1"),
                        "service",
                        "",
                        "self",
                        "/"));
    }

    private static int zipped(byte[] page) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(page);
        }
        return bytes.size();
    }

    @Test
    void theFirstPageIsSmall() throws Exception {
        byte[] page = page(Grid.byService(segments, cells));
        assertThat(page.length).isLessThan(1_000_000);
        assertThat(zipped(page)).isLessThan(80_000);
    }

    @Test
    void aCellThatWorksIsASignAlone() throws Exception {
        byte[] page = page(Grid.byTarget(segments, cells, ""));
        assertThat(page.length).isLessThan(2_500_000);
        assertThat(zipped(page)).isLessThan(250_000);
        String text = new String(page, StandardCharsets.UTF_8);
        assertThat(text.split("<td class=\"ok\">✓</td>", -1)).hasSize(SEGMENTS * TARGETS * 3 / 4 + 1);
        assertThat(text.split("<td", -1)).hasSize(SEGMENTS * TARGETS + 1);
        assertThat(text).doesNotContain("<td><").doesNotContain("<div><div>");
    }
}
