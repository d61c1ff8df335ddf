package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.plumbline.v1.Segment;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of a whole collector over TLS, in the way of the AIPs. */
final class QueryListsTest {
    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static QueryServiceBlockingStub asker;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.made(folder);
        Files.createDirectories(folder.resolve("data"));
        try (SqliteStore store = SqliteStore.open(folder.resolve("data/store.db"))) {
            judged(store, 0, State.BLOCKED);
            judged(store, 1, State.OK);
        }
        collector.open();
        asker = QueryServiceGrpc.newBlockingStub(collector.with(collector.token("viewer"), "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static void judged(SqliteStore store, int number, State wifi) {
        long round = T0.plus(Duration.ofMinutes(5L * number)).toEpochMilli();
        store.apply(new RoundChange(
                Samples.verdict(
                        round,
                        Set.of(WIFI, SRV),
                        List.of(Samples.cell(WIFI, COURIER, wifi, round), Samples.cell(SRV, COURIER, State.OK, round)),
                        List.of(),
                        List.of(Samples.requirement(WIFI, "apns-device-direct", Verdict.BROKEN))),
                List.of(
                        incident("on-wifi", Place.of(WIFI), number),
                        incident("on-srv", Place.of(SRV), 0),
                        incident("on-site", Place.SITE, 0)),
                List.of(),
                List.of(),
                new ClosedRound(round, T0.plus(Duration.ofMinutes(5L * number)).plusSeconds(3), 2, 2),
                0,
                0,
                0));
    }

    private static Incident incident(String id, Place place, int closed) {
        return new Incident(
                id,
                Samples.finding(
                        place, place.equals(Place.SITE) ? Mechanism.UPSTREAM_BLOCKED : Mechanism.TCP_DROP, "tcp/5223"),
                T0,
                closed == 0 ? Optional.empty() : Optional.of(T0.plusSeconds(303)),
                T0.toEpochMilli());
    }

    private static List<String> findings(Consumer<ListFindingsRequest.Builder> change) {
        ListFindingsRequest.Builder request = ListFindingsRequest.newBuilder();
        change.accept(request);
        return asker.listFindings(request.build()).getFindingsList().stream()
                .map(Finding::getId)
                .toList();
    }

    @Test
    void findingsAreFilteredAndPutInOrder() {
        assertThat(findings(r -> r.setFilter("segment = \"srv\" AND state = OPEN AND cause:\"tcp\"")))
                .containsExactly("on-srv");
        assertThat(findings(r -> r.setIncludeClosed(true).setFilter("state = CLOSED")))
                .containsExactly("on-wifi");
        assertThat(findings(r -> r.setIncludeClosed(true).setOrderBy("id desc")))
                .containsExactly("on-wifi", "on-srv", "on-site");
        assertThat(findings(r -> r.setAt(seconds(10)).setOrderBy("id")))
                .containsExactly("on-site", "on-srv", "on-wifi");
        assertThat(findings(r -> r.setSince(seconds(10)))).containsExactly("on-wifi");
        assertThat(findings(r -> r.setSince(seconds(400)))).isEmpty();
    }

    private static Timestamp seconds(long afterT0) {
        return Timestamp.newBuilder().setSeconds(T0.getEpochSecond() + afterT0).build();
    }

    @Test
    void theMatrixComesInPagesThatHaveEveryCellOnce() {
        List<Cell> whole =
                asker.getMatrix(GetMatrixRequest.getDefaultInstance()).getCellsList();
        List<Cell> paged = new ArrayList<>();
        int pages = 0;
        String token = "";
        do {
            GetMatrixResponse page = asker.getMatrix(GetMatrixRequest.newBuilder()
                    .setPageSize(40)
                    .setPageToken(token)
                    .build());
            assertThat(page.getTotalSize()).isEqualTo(whole.size());
            paged.addAll(page.getCellsList());
            token = page.getNextPageToken();
            pages++;
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(whole);
        assertThat(pages).isEqualTo((whole.size() + 39) / 40).isGreaterThan(2);
    }

    @Test
    void theMatrixOfAnEarlierTimeIsFilteredAndMasked() {
        GetMatrixResponse then = asker.getMatrix(GetMatrixRequest.newBuilder()
                .setFilter("state = BLOCKED")
                .setAt(seconds(60))
                .setReadMask(FieldMask.newBuilder().addPaths("segment").addPaths("target_id"))
                .build());
        assertThat(then.getCellsList())
                .containsExactly(Cell.newBuilder()
                        .setSegment("wifi")
                        .setTargetId(COURIER.value())
                        .build());
    }

    @Test
    void segmentsAreFilteredByWhatTheyBreak() {
        assertThat(asker.listSegments(ListSegmentsRequest.newBuilder()
                                .setFilter("broken : apns AND id = w*")
                                .setAt(seconds(60))
                                .build())
                        .getSegmentsList())
                .extracting(Segment::getId)
                .containsExactly("wifi");
    }

    @Test
    void aTokenOfAnotherQueryIsRefused() {
        String token = asker.getMatrix(GetMatrixRequest.newBuilder()
                        .setSegment("wifi")
                        .setPageSize(1)
                        .build())
                .getNextPageToken();
        assertThat(token).isNotEmpty();
        GetMatrixRequest.Builder next =
                GetMatrixRequest.newBuilder().setSegment("wifi").setPageToken(token);
        assertThat(asker.getMatrix(next.setPageSize(7).build()).getCellsList()).hasSize(7);
        refused(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_PAGE_TOKEN",
                "page_token",
                () -> asker.getMatrix(next.setSegment("srv").build()));
        refused(
                Status.Code.INVALID_ARGUMENT,
                "INVALID_PAGE_TOKEN",
                "page_token",
                () -> asker.listFindings(
                        ListFindingsRequest.newBuilder().setPageToken(token).build()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what is asked | status           | reason            | field
            filter          | INVALID_ARGUMENT | INVALID_FILTER    | filter
            order           | INVALID_ARGUMENT | INVALID_ORDER_BY  | order_by
            size            | INVALID_ARGUMENT | INVALID_PAGE_SIZE | page_size
            mask            | INVALID_ARGUMENT | INVALID_READ_MASK | read_mask
            future          | INVALID_ARGUMENT | INVALID_AT        | at
            no time         | INVALID_ARGUMENT | INVALID_SINCE     | since
            since after at  | INVALID_ARGUMENT | INVALID_SINCE     | since
            segment         | NOT_FOUND        | UNKNOWN_SEGMENT   | segment
            place           | NOT_FOUND        | UNKNOWN_PLACE     | place
            target          | NOT_FOUND        | UNKNOWN_TARGET_ID | target_id
            finding         | NOT_FOUND        | UNKNOWN_FINDING_ID | finding_id
            """)
    void whatIsWrongIsNamedByFieldAndByAReasonThatStays(String what, String status, String reason, String field) {
        GetMatrixRequest.Builder matrix = GetMatrixRequest.newBuilder();
        Runnable ask = () -> asker.getMatrix(matrix.build());
        switch (what) {
            case "filter" -> matrix.setFilter("stat = OK");
            case "order" -> matrix.setOrderBy("size");
            case "size" -> matrix.setPageSize(-1);
            case "mask" -> matrix.setReadMask(FieldMask.newBuilder().addPaths("status"));
            case "future" -> matrix.setAt(Timestamp.newBuilder().setSeconds(9_000_000_000L));
            case "no time" -> matrix.setSince(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE));
            case "since after at" -> matrix.setAt(seconds(1)).setSince(seconds(2));
            case "segment" -> matrix.setSegment("lan");
            case "place" ->
                ask = () -> asker.listFindings(
                        ListFindingsRequest.newBuilder().setPlace("lan").build());
            case "target" ->
                ask = () -> asker.explainTarget(ExplainTargetRequest.newBuilder()
                        .setSegment("wifi")
                        .setTargetId("courier:1")
                        .build());
            default ->
                ask = () -> asker.getRemedy(
                        GetRemedyRequest.newBuilder().setFindingId("i9").build());
        }
        refused(Status.Code.valueOf(status), reason, field, ask);
    }

    private static void refused(Status.Code code, String reason, String field, Runnable ask) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, ask::run);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        com.google.rpc.Status body = Objects.requireNonNull(StatusProto.fromThrowable(refusal));
        assertThat(body.getMessage()).isEqualTo(refusal.getStatus().getDescription());
        assertThat(body.getDetailsList().stream().filter(d -> d.is(ErrorInfo.class)))
                .singleElement()
                .satisfies(d -> {
                    ErrorInfo info = d.unpack(ErrorInfo.class);
                    assertThat(info.getReason()).isEqualTo(reason);
                    assertThat(info.getDomain()).isEqualTo("plumbline");
                });
        assertThat(body.getDetailsList().stream().filter(d -> d.is(BadRequest.class)))
                .singleElement()
                .satisfies(d -> assertThat(d.unpack(BadRequest.class).getFieldViolationsList())
                        .singleElement()
                        .satisfies(v -> {
                            assertThat(v.getField()).isEqualTo(field);
                            assertThat(v.getDescription()).isEqualTo(body.getMessage());
                        }));
    }
}
