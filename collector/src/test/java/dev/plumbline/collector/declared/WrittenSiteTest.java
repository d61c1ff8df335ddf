package dev.plumbline.collector.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.SegmentChange.Kind;
import dev.plumbline.words.SegmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WrittenSiteTest {
    private static final WrittenSite WRITTEN = new WrittenSite(
            new Site(
                    "campus",
                    "campus.example",
                    "plumbline-2026",
                    Set.of(),
                    Set.of(),
                    List.of(DeclarationsTest.segment("wifi"), DeclarationsTest.segment("srv"))),
            Map.of(new SegmentId("wifi"), "collector.yaml:7", new SegmentId("srv"), "collector.yaml:8"));

    /** {@code +lab} adds, {@code ~lab} edits to a block of 10/8, {@code -lab} removes, {@code =lab} was written. */
    private static List<SegmentChange> changes(String words) {
        List<SegmentChange> changes = new ArrayList<>();
        for (String word : words.equals("none") ? new String[0] : words.split(" ", -1)) {
            String id = word.substring(1);
            Kind kind = switch (word.charAt(0)) {
                case '+' -> Kind.ADDED;
                case '~' -> Kind.EDITED;
                case '-' -> Kind.REMOVED;
                case '=' -> Kind.WRITTEN;
                default -> throw new IllegalArgumentException(word);
            };
            Optional<Segment> declared = switch (kind) {
                case ADDED -> Optional.of(DeclarationsTest.segment(id));
                case EDITED -> Optional.of(DeclarationsTest.segment(id, "10.0.0.0/8"));
                case REMOVED, WRITTEN -> Optional.empty();
            };
            changes.add(new SegmentChange(
                    changes.size() + 1, Instant.EPOCH, "somebody", kind, new SegmentId(id), declared));
        }
        return changes;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # CHANGES               | WRITTEN AFTER A REMOVAL
            none                    | ''
            +lab -lab               | ''
            +wifi -wifi             | wifi
            +wifi -wifi +wifi       | ''
            +wifi -wifi =wifi       | ''
            +wifi -wifi +lab        | wifi
            """)
    void whoseRemovalByCommandIsOverriddenByTheFileIsKnown(String words, String again) {
        assertThat(WRITTEN.writtenAfterRemoval(changes(words)).keySet().stream()
                        .map(SegmentId::value)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(again);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # CHANGES               | SEGMENTS IN FORCE         | TAKEN OVER BY THE FILE
            none                    | wifi srv                  | -
            +lab                    | wifi srv lab              | -
            +lab +attic             | wifi srv lab attic        | -
            +lab ~lab               | wifi srv lab10.0.0.0/8    | -
            +lab -lab               | wifi srv                  | -
            +lab +attic -lab +lab   | wifi srv attic lab        | -
            +wifi                   | wifi srv                  | wifi
            +wifi ~wifi             | wifi srv                  | wifi
            +wifi =wifi             | wifi srv                  | -
            +lab +wifi              | wifi srv lab              | wifi
            """)
    void whatIsWrittenComesFirstAndHasTheWord(String words, String inForce, String takenOver) {
        List<SegmentChange> changes = changes(words);
        assertThat(WRITTEN.after(changes).segments().stream()
                        .map(s -> s.id() + String.join("", s.cidrs()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(inForce);
        assertThat(WRITTEN.takenOver(changes).keySet().stream()
                        .map(SegmentId::value)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(takenOver.equals("-") ? "" : takenOver);
    }

    @Test
    void aChangeDeclaresASegmentOrTakesItAway() {
        assertThatThrownBy(() -> new SegmentChange(
                        1,
                        Instant.EPOCH,
                        "x",
                        Kind.REMOVED,
                        new SegmentId("a"),
                        Optional.of(DeclarationsTest.segment("a"))))
                .hasMessage("change 1 of segment a is REMOVED and declares a");
        assertThatThrownBy(() ->
                        new SegmentChange(1, Instant.EPOCH, "x", Kind.ADDED, new SegmentId("a"), Optional.empty()))
                .hasMessage("change 1 of segment a is ADDED and declares nothing");
    }
}
