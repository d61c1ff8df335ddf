package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.GetFindingRequest;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import dev.plumbline.wire.Fields;
import io.grpc.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a viewer's token for one segment shows, and what it does not, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class PurviewTest {
    private static final String REFUSAL = "PERMISSION_DENIED: this token is for wifi alone";

    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static QueryServiceBlockingStub all;
    private static QueryServiceBlockingStub mine;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.made(folder);
        judged();
        collector.open();
        all = QueryServiceGrpc.newBlockingStub(collector.with(collector.token("viewer"), "127.0.0.1"));
        mine = QueryServiceGrpc.newBlockingStub(collector.with(collector.token("viewer", "wifi"), "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void aTokenForOneSegmentShowsNothingOfAnother() {
        assertThat(collector.collector().served().stream()
                        .flatMap(s -> s.getMethods().stream())
                        .map(m -> m.getMethodDescriptor().getFullMethodName())
                        .filter(m -> Permissions.of(m) == Audience.VIEWER)
                        .distinct())
                .as("each of them is asked below; a new one is to be added there")
                .containsExactlyInAnyOrder(
                        "plumbline.v1.QueryService/ListSegments",
                        "plumbline.v1.QueryService/GetSegment",
                        "plumbline.v1.QueryService/GetMatrix",
                        "plumbline.v1.QueryService/ListFindings",
                        "plumbline.v1.QueryService/GetFinding",
                        "plumbline.v1.QueryService/ExplainTarget",
                        "plumbline.v1.QueryService/GetRemedy",
                        "plumbline.v1.QueryService/CompareSegments",
                        "plumbline.v1.QueryService/Watch");
        assertThat(segments(all)).containsExactly("wifi", "srv");
        assertThat(segments(mine)).containsExactly("wifi");

        assertThat(all.getSegment(named("srv")).getId()).isEqualTo("srv");
        assertThat(mine.getSegment(named("wifi")).getId()).isEqualTo("wifi");

        assertThat(finding(all, "on-srv").getWitnessesList())
                .extracting(w -> w.getSegment())
                .contains("wifi", "srv");
        assertThat(finding(mine, "on-wifi").getWitnessesList())
                .extracting(w -> w.getSegment())
                .containsOnly("wifi");

        assertThat(matrix(all, "")).containsOnly("wifi", "srv");
        assertThat(matrix(mine, "")).containsOnly("wifi");
        assertThat(matrix(mine, "wifi")).containsOnly("wifi");

        assertThat(findings(all, "")).extracting(f -> f.getPlace()).containsExactlyInAnyOrder("wifi", "srv", "site");
        assertThat(findings(mine, "")).extracting(f -> f.getPlace()).containsExactly("wifi");
        assertThat(findings(all, "wifi"))
                .flatExtracting(f -> f.getWitnessesList())
                .extracting(w -> w.getSegment())
                .contains("srv");
        assertThat(findings(mine, "wifi"))
                .flatExtracting(f -> f.getWitnessesList())
                .extracting(w -> w.getSegment())
                .containsOnly("wifi");

        assertThat(explain(all, "wifi").getContrastList()).isNotEmpty();
        assertThat(explain(all, "wifi").getFindingsList())
                .extracting(f -> f.getPlace())
                .contains("wifi", "site");
        assertThat(explain(mine, "wifi").getContrastList()).isEmpty();
        assertThat(explain(mine, "wifi").getFindingsList())
                .extracting(f -> f.getPlace())
                .containsExactly("wifi");
        assertThat(explain(mine, "wifi").getCell())
                .isEqualTo(explain(all, "wifi").getCell());

        assertThat(watched(all).getCellsList()).extracting(Cell::getSegment).contains("srv");
        assertThat(watched(mine).getCellsList()).extracting(Cell::getSegment).containsOnly("wifi");
        assertThat(watched(mine).getFindingsList())
                .extracting(f -> f.getPlace())
                .containsExactly("wifi");

        assertThat(compare(all, "wifi", "srv").getA()).isEqualTo("wifi");
        assertThat(compare(mine, "wifi", "wifi").getCompared()).isZero();

        assertThat(remedy(mine, "on-wifi")).isEqualTo("on-wifi");
        assertThat(remedy(all, "on-srv")).isEqualTo("on-srv");
    }

    @ParameterizedTest
    // Another one, one that there is not, and the places beyond all segments.
    @ValueSource(strings = {"srv", "lan", "site", "apple"})
    void whatATokenIsNotForIsRefusedInTheSameWordsWhetherItIsThereOrNot(String place) {
        assertThatThrownBy(() -> mine.getSegment(named(place))).hasMessage(REFUSAL);
        assertThatThrownBy(() -> finding(mine, "on-" + place))
                .hasMessage("NOT_FOUND: there is no finding 'on-" + place
                        + "'; plumbline findings --all lists them with their ids");
        assertThatThrownBy(() -> matrix(mine, place)).hasMessage(REFUSAL);
        assertThatThrownBy(() -> findings(mine, place)).hasMessage(REFUSAL);
        assertThatThrownBy(() -> explain(mine, place)).hasMessage(REFUSAL);
        assertThatThrownBy(() -> compare(mine, "wifi", place)).hasMessage(REFUSAL);
        assertThatThrownBy(() -> compare(mine, place, "wifi")).hasMessage(REFUSAL);
        assertThatThrownBy(() -> remedy(mine, "on-" + place))
                .hasMessage("NOT_FOUND: there is no finding 'on-" + place
                        + "'; plumbline findings --all lists them with their ids");
    }

    /** A question of another time than now: of a minute after the round, or of what changed since an hour before it. */
    @SuppressWarnings("unchecked")
    private static <M extends Message> M then(M request, String field) {
        Timestamp time = Fields.timestamp(field.equals("at") ? T0.plusSeconds(60) : T0.minus(Duration.ofHours(1)));
        return (M) request.toBuilder()
                .setField(request.getDescriptorForType().findFieldByName(field), time)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at", "since"})
    void ofAnotherTimeATokenForOneSegmentShowsNothingOfAnotherEither(String time) {
        ListSegmentsRequest segments = then(ListSegmentsRequest.getDefaultInstance(), time);
        assertThat(all.listSegments(segments).getSegmentsList())
                .extracting(Segment::getId)
                .containsExactly("wifi", "srv");
        assertThat(mine.listSegments(segments).getSegmentsList())
                .extracting(Segment::getId)
                .containsExactly("wifi");

        GetMatrixRequest matrix = then(GetMatrixRequest.getDefaultInstance(), time);
        assertThat(all.getMatrix(matrix).getCellsList())
                .extracting(Cell::getSegment)
                .contains("wifi", "srv");
        assertThat(mine.getMatrix(matrix).getCellsList())
                .extracting(Cell::getSegment)
                .containsOnly("wifi");
        assertThatThrownBy(() ->
                        mine.getMatrix(matrix.toBuilder().setSegment("srv").build()))
                .hasMessage(REFUSAL);

        ListFindingsRequest findings = then(ListFindingsRequest.getDefaultInstance(), time);
        assertThat(all.listFindings(findings).getFindingsList())
                .extracting(f -> f.getPlace())
                .containsExactlyInAnyOrder("wifi", "srv", "site");
        assertThat(mine.listFindings(findings).getFindingsList())
                .extracting(f -> f.getPlace())
                .containsExactly("wifi");
        assertThat(mine.listFindings(findings).getFindingsList())
                .flatExtracting(f -> f.getWitnessesList())
                .extracting(w -> w.getSegment())
                .containsOnly("wifi");
        assertThatThrownBy(() ->
                        mine.listFindings(findings.toBuilder().setPlace("site").build()))
                .hasMessage(REFUSAL);

        ExplainTargetRequest explain = then(
                ExplainTargetRequest.newBuilder()
                        .setSegment("wifi")
                        .setTargetId(COURIER.value())
                        .build(),
                time);
        assertThat(all.explainTarget(explain).getContrastList()).isNotEmpty();
        assertThat(mine.explainTarget(explain).getContrastList()).isEmpty();
        assertThat(mine.explainTarget(explain).getFindingsList())
                .extracting(f -> f.getPlace())
                .containsExactly("wifi");
        assertThatThrownBy(() ->
                        mine.explainTarget(explain.toBuilder().setSegment("srv").build()))
                .hasMessage(REFUSAL);
    }

    @Test
    void sidesOfAnotherTimeAreRefusedAsThoseOfNowAre() {
        ComparedSide wifi = then(ComparedSide.newBuilder().setSegment("wifi").build(), "at");
        ComparedSide srv = then(ComparedSide.newBuilder().setSegment("srv").build(), "at");
        ComparedSide edition =
                ComparedSide.newBuilder().setEdition("plumbline-2026").build();
        assertThat(compare(all, wifi, srv).getA()).startsWith("wifi at 2026-11-21T10:01:00Z");
        assertThatThrownBy(() -> compare(mine, wifi, srv)).hasMessage(REFUSAL);
        assertThatThrownBy(() -> compare(mine, srv, edition)).hasMessage(REFUSAL);
        assertThat(compare(all, wifi, edition).getCausesList())
                .extracting(c -> c.getPlace())
                .contains("wifi");
        assertThat(compare(mine, wifi, edition).getCausesList())
                .extracting(c -> c.getPlace())
                .containsOnly("wifi");
    }

    @Test
    void aPageTokenThatSomebodyElseWasGivenShowsNoMore() {
        GetMatrixRequest page = GetMatrixRequest.newBuilder().setPageSize(1).build();
        String foreign = all.getMatrix(page).getNextPageToken();
        assertThat(mine.getMatrix(page.toBuilder()
                                .setPageSize(10_000)
                                .setPageToken(foreign)
                                .build())
                        .getCellsList())
                .extracting(Cell::getSegment)
                .containsOnly("wifi");
    }

    private static CompareSegmentsResponse compare(QueryServiceBlockingStub asker, ComparedSide a, ComparedSide b) {
        return asker.compareSegments(
                CompareSegmentsRequest.newBuilder().setA(a).setB(b).build());
    }

    private static GetSegmentRequest named(String segment) {
        return GetSegmentRequest.newBuilder().setSegment(segment).build();
    }

    private static dev.plumbline.v1.Finding finding(QueryServiceBlockingStub asker, String id) {
        return asker.getFinding(GetFindingRequest.newBuilder().setFindingId(id).build());
    }

    private static List<String> segments(QueryServiceBlockingStub asker) {
        return asker.listSegments(ListSegmentsRequest.getDefaultInstance()).getSegmentsList().stream()
                .map(Segment::getId)
                .toList();
    }

    private static List<String> matrix(QueryServiceBlockingStub asker, String segment) {
        return asker.getMatrix(GetMatrixRequest.newBuilder().setSegment(segment).build()).getCellsList().stream()
                .map(Cell::getSegment)
                .toList();
    }

    private static List<dev.plumbline.v1.Finding> findings(QueryServiceBlockingStub asker, String place) {
        return asker.listFindings(
                        ListFindingsRequest.newBuilder().setPlace(place).build())
                .getFindingsList();
    }

    private static ExplainTargetResponse explain(QueryServiceBlockingStub asker, String segment) {
        return asker.explainTarget(ExplainTargetRequest.newBuilder()
                .setSegment(segment)
                .setTargetId(COURIER.value())
                .build());
    }

    /** The first that is told. */
    private static WatchResponse watched(QueryServiceBlockingStub asker) {
        Context.CancellableContext call = Context.current().withCancellation();
        try {
            return call.wrap(() -> asker.withDeadlineAfter(60, TimeUnit.SECONDS)
                            .watch(WatchRequest.getDefaultInstance())
                            .next())
                    .call();
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            call.cancel(null);
        }
    }

    private static CompareSegmentsResponse compare(QueryServiceBlockingStub asker, String a, String b) {
        return asker.compareSegments(CompareSegmentsRequest.newBuilder()
                .setA(ComparedSide.newBuilder().setSegment(a))
                .setB(ComparedSide.newBuilder().setSegment(b))
                .build());
    }

    private static String remedy(QueryServiceBlockingStub asker, String id) {
        return asker.getRemedy(GetRemedyRequest.newBuilder().setFindingId(id).build())
                .getFinding()
                .getId();
    }

    /** What the collector finds on its disk: a finding on each of two segments and one of the site. */
    private static void judged() throws Exception {
        long round = T0.toEpochMilli();
        Files.createDirectories(folder.resolve("data"));
        try (SqliteStore store = SqliteStore.open(folder.resolve("data/store.db"))) {
            store.apply(new RoundChange(
                    Samples.verdict(
                            round,
                            Set.of(WIFI, SRV),
                            List.of(
                                    Samples.cell(WIFI, COURIER, State.BLOCKED, round),
                                    Samples.cell(SRV, COURIER, State.BLOCKED, round)),
                            List.of(),
                            List.of(Samples.requirement(WIFI, "apns-device-direct", Verdict.BROKEN))),
                    List.of(
                            incident("on-wifi", Place.of(WIFI)),
                            incident("on-srv", Place.of(SRV)),
                            incident("on-site", Place.SITE)),
                    List.of(),
                    List.of(),
                    new ClosedRound(round, T0, 2, 2),
                    0,
                    0,
                    0));
        }
    }

    /** Seen from wifi and from srv. */
    private static Incident incident(String id, Place place) {
        Finding seen = Samples.finding(
                place, place.equals(Place.SITE) ? Mechanism.UPSTREAM_BLOCKED : Mechanism.TCP_DROP, "tcp/5223");
        Witness wifi = seen.witnesses().get(0);
        Witness srv = new Witness(
                SRV, "a", wifi.target(), wifi.transport(), wifi.local(), wifi.remote(), wifi.at(), wifi.saw());
        Finding both = new Finding(
                place,
                seen.mechanism(),
                seen.scope(),
                seen.targets(),
                List.of(wifi, srv),
                seen.sentence(),
                seen.remedy());
        return new Incident(id, both, T0, Optional.empty(), T0.toEpochMilli());
    }
}
