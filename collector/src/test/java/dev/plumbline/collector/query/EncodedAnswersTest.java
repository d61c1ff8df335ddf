package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListFindingsRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which answers are told again, and for how long. */
final class EncodedAnswersTest {
    private static final int MOST = 20_000;
    private static final GetMatrixRequest MATRIX = GetMatrixRequest.getDefaultInstance();
    private static final Declared DECLARED = Sites.planned(Sites.of(WIFI_SEGMENT));
    private static final Generation FIRST = new Generation(1, DECLARED, Map.of());

    private final EncodedAnswers answers = new EncodedAnswers(MOST);
    private Generation now = FIRST;
    private int made;

    private Encoded ask(Message request, Purview purview) throws Exception {
        return answers.of(request, purview, () -> now, () -> answer(100));
    }

    /** Of so many bytes or a few more. */
    private Encoded answer(int bytes) {
        made++;
        return Encoded.of(GetMatrixResponse.newBuilder()
                .addCells(Cell.newBuilder().setBecause("x".repeat(bytes)))
                .build());
    }

    @Test
    void theSameQuestionOfTheSameAskerIsAnsweredOnce() throws Exception {
        Encoded first = ask(MATRIX, Purview.WHOLE_SITE);
        assertThat(ask(MATRIX.toBuilder().build(), new Purview(Set.of()))).isSameAs(first);
        assertThat(made).isEqualTo(1);
        assertThat(answers.found()).isEqualTo(1);
    }

    @Test
    void whoSeesOtherSegmentsHasAnAnswerOfTheirOwn() throws Exception {
        Encoded whole = ask(MATRIX, Purview.WHOLE_SITE);
        Encoded wifi = ask(MATRIX, new Purview(Set.of(WIFI)));
        Encoded both = ask(MATRIX, new Purview(Set.of(WIFI, SRV)));
        assertThat(Set.of(whole, wifi, both)).hasSize(3);
        assertThat(ask(MATRIX, new Purview(Set.of(SRV, WIFI)))).isSameAs(both);
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isSameAs(whole);
        assertThat(made).isEqualTo(3);
    }

    static List<Message> otherQuestions() {
        return List.of(
                MATRIX.toBuilder().setSegment("wifi").build(),
                MATRIX.toBuilder().setFilter("state = BLOCKED").build(),
                MATRIX.toBuilder().setOrderBy("state").build(),
                MATRIX.toBuilder().setPageSize(10).build(),
                MATRIX.toBuilder().setPageToken("a").build(),
                MATRIX.toBuilder()
                        .setReadMask(FieldMask.newBuilder().addPaths("state"))
                        .build(),
                // The same bytes, of another kind.
                ListFindingsRequest.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("otherQuestions")
    void anotherQuestionIsAnotherOne(Message other) throws Exception {
        Encoded first = ask(MATRIX, Purview.WHOLE_SITE);
        assertThat(ask(other, Purview.WHOLE_SITE)).isNotSameAs(first);
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isSameAs(first);
        assertThat(made).isEqualTo(2);
    }

    static List<Generation> otherGenerations() {
        return List.of(
                new Generation(2, DECLARED, Map.of()),
                new Generation(1, Sites.planned(Sites.of(WIFI_SEGMENT)), Map.of()),
                new Generation(1, DECLARED, Map.of(WIFI, "no agent of this segment is connected")));
    }

    @ParameterizedTest
    @MethodSource("otherGenerations")
    void whatBecameOtherwiseIsToldAtOnceAndOnceForAll(Generation next) throws Exception {
        Encoded first = ask(MATRIX, Purview.WHOLE_SITE);
        now = next;
        Encoded second = ask(MATRIX, Purview.WHOLE_SITE);
        assertThat(second).isNotSameAs(first);
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isSameAs(second);
    }

    @Test
    void anAnswerDuringWhichSomethingBecameOtherwiseIsToldToNobodyElse() throws Exception {
        Encoded between = answers.of(MATRIX, Purview.WHOLE_SITE, () -> now, () -> {
            now = new Generation(2, DECLARED, Map.of());
            return answer(100);
        });
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isNotSameAs(between);
        now = FIRST;
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isNotSameAs(between);
    }

    @Test
    void aRefusalIsNoAnswerThatIsKept() throws Exception {
        assertThatThrownBy(() -> answers.of(MATRIX, Purview.WHOLE_SITE, () -> now, () -> {
                    throw Refusal.denied("no");
                }))
                .hasMessage("no");
        assertThat(answers.bytes()).isZero();
        assertThat(ask(MATRIX, Purview.WHOLE_SITE)).isSameAs(ask(MATRIX, Purview.WHOLE_SITE));
    }

    @Test
    void whatIsKeptIsBoundedInBytes() throws Exception {
        for (int i = 0; i < 100; i++) {
            Message request = MATRIX.toBuilder().setFilter("port = " + i).build();
            assertThat(answers.of(request, Purview.WHOLE_SITE, () -> now, () -> answer(1_000)))
                    .extracting(Encoded::size)
                    .isEqualTo(1_006);
            assertThat(answers.bytes()).isBetween(1_000L, (long) MOST);
        }
        int before = made;
        for (int i = 0; i < 100; i++) {
            ask(MATRIX.toBuilder().setFilter("port = " + i).build(), Purview.WHOLE_SITE);
        }
        assertThat(made - before).as("answers that were let go are made anew").isGreaterThanOrEqualTo(90);
    }

    @Test
    void anAnswerBeyondTheBoundIsToldAndNotKept() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(answers.of(MATRIX, Purview.WHOLE_SITE, () -> now, () -> answer(MOST)))
                    .extracting(Encoded::size)
                    .isEqualTo(MOST + 8);
        }
        assertThat(made).isEqualTo(2);
        assertThat(answers.bytes()).isZero();
    }

    @Test
    void manySmallAnswersAreBoundedInNumber() throws Exception {
        for (int i = 0; i < 200; i++) {
            int number = i;
            Message request = MATRIX.toBuilder().setPageSize(number + 1).build();
            answers.of(
                    request,
                    Purview.WHOLE_SITE,
                    () -> now,
                    () -> Encoded.of(
                            GetMatrixResponse.newBuilder().setTotalSize(number).build()));
        }
        assertThat(answers.bytes()).as("of some kilobyte each").isBetween(10_000L, (long) MOST);
    }
}
