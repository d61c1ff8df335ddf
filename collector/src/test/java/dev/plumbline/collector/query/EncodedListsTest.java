package dev.plumbline.collector.query;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.T0;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.cell;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Samples.verdict;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.ConnectedAgents;
import dev.plumbline.collector.Sites;
import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.round.RoundTiming;
import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.SegmentId;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists over a real port of gRPC, where one answer is sent to many. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class EncodedListsTest {
    private static final Metadata.Key<String> SCOPE = Metadata.Key.of("scope", Metadata.ASCII_STRING_MARSHALLER);
    private static final Segment SERVERS =
            new Segment(SRV, "Servers", SegmentKind.SERVER, Set.of(Role.DEVICE), List.of("10.2.0.0/16"), "srv");
    private static final GetMatrixRequest MATRIX = GetMatrixRequest.getDefaultInstance();
    private static final ListFindingsRequest FINDINGS = ListFindingsRequest.getDefaultInstance();

    @TempDir
    Path folder;

    private final ConnectedAgents connected = new ConnectedAgents(WIFI_A, SRV_A);
    private final Watches watches = new Watches();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Declared declared = Sites.planned(Sites.of(WIFI_SEGMENT, SERVERS));
    private SqliteStore store;
    private Answers answers;
    private EncodedAnswers kept;
    private Server server;

    /** Whoever says which segment is theirs; nobody's is the whole site. */
    private static final class Scoped implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String scope = headers.get(SCOPE);
            Purview purview = scope == null ? Purview.WHOLE_SITE : new Purview(Set.of(new SegmentId(scope)));
            Asker asker = new Asker("somebody", AccessRole.VIEWER, purview, "127.0.0.1");
            return Contexts.interceptCall(asker.in(Context.current()), call, headers, next);
        }
    }

    @BeforeEach
    void open() throws Exception {
        store = SqliteStore.open(folder.resolve("store.db"));
        judged(0, State.BLOCKED);
        Clock clock = Clock.fixed(T0.plusSeconds(400), ZoneOffset.UTC);
        answers = new Answers(() -> declared, store, connected, Duration.ofMinutes(10), clock);
        RoundTiming timing = new RoundTiming(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofSeconds(4), 1);
        QueryService queries = new QueryService(
                answers,
                new VerifyNow(connected, timing, clock, (round, agents) -> {}),
                watches,
                new PastReadings(Duration.ofSeconds(10)));
        kept = (EncodedAnswers) queries.metrics();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(queries.encoding())
                .intercept(new Scoped())
                .build()
                .start();
    }

    @AfterEach
    void close() throws Exception {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow().awaitTermination();
        watches.close();
        store.close();
    }

    private void judged(int number, State wifi) {
        Instant at = T0.plus(Duration.ofMinutes(5L * number));
        long round = at.toEpochMilli();
        store.apply(new RoundChange(
                verdict(
                        round,
                        Set.of(WIFI, SRV),
                        List.of(cell(WIFI, COURIER, wifi, round), cell(SRV, COURIER, State.OK, round)),
                        List.of(),
                        List.of(requirement(WIFI, "apns-device-direct", Verdict.BROKEN))),
                List.of(incident("on-wifi", WIFI, wifi, at), incident("on-srv", SRV, State.BLOCKED, at)),
                List.of(),
                List.of(),
                new ClosedRound(round, at.plusSeconds(3), number + 1, number + 1),
                0,
                0,
                0));
    }

    private static Incident incident(String id, SegmentId segment, State state, Instant at) {
        return new Incident(
                id, drop(segment), T0, state == State.OK ? Optional.of(at) : Optional.empty(), at.toEpochMilli());
    }

    /** Somebody new, with a connection of their own. */
    private QueryServiceBlockingStub asker(String... scope) {
        Metadata headers = new Metadata();
        List.of(scope).forEach(s -> headers.put(SCOPE, s));
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        channels.add(channel);
        return QueryServiceGrpc.newBlockingStub(channel);
    }

    private static String courier(QueryServiceBlockingStub asker, String segment) {
        return asker.getMatrix(MATRIX).getCellsList().stream()
                .filter(c -> c.getSegment().equals(segment) && c.getTargetId().equals(COURIER.value()))
                .map(Cell::getState)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(QueryServiceBlockingStub asker, ListFindingsRequest request) {
        return asker.listFindings(request).getFindingsList().stream()
                .map(Finding::getId)
                .toList();
    }

    @Test
    void whatIsToldIsWhatTheServiceSaysTheFirstTimeAndTheNext() throws Exception {
        for (int i = 0; i < 3; i++) {
            GetMatrixResponse told = asker().getMatrix(MATRIX);
            assertThat(told.getCellsList()).isEqualTo(answers.matrix(""));
            assertThat(told.getTotalSize()).isEqualTo(told.getCellsCount()).isGreaterThan(100);
            assertThat(told.getNextPageToken()).isEmpty();
            assertThat(asker().listFindings(FINDINGS).getFindingsList()).isEqualTo(answers.findings(false, ""));
        }
        assertThat(kept.found()).isEqualTo(4);
    }

    @Test
    void aRoundThatWasJudgedIsToldAtOnce() {
        assertThat(courier(asker(), "wifi")).isEqualTo("BLOCKED");
        assertThat(ids(asker(), FINDINGS)).containsExactlyInAnyOrder("on-wifi", "on-srv");
        judged(1, State.OK);
        assertThat(courier(asker(), "wifi")).isEqualTo("OK");
        assertThat(ids(asker(), FINDINGS)).containsExactly("on-srv");
        assertThat(kept.found()).isZero();
    }

    @Test
    void anAgentThatLeavesIsToldThoughNothingWasWritten() {
        assertThat(courier(asker(), "wifi")).isEqualTo("BLOCKED");
        connected.become(SRV_A);
        assertThat(courier(asker(), "wifi")).isEqualTo("INSUFFICIENT");
        assertThat(courier(asker(), "srv")).isEqualTo("OK");
        connected.become(SRV_A, WIFI_A);
        assertThat(courier(asker(), "wifi")).isEqualTo("BLOCKED");
    }

    @Test
    void aSegmentThatIsDeclaredNoMoreIsToldNoMore() {
        assertThat(courier(asker(), "srv")).isEqualTo("OK");
        declared = Sites.planned(Sites.of(WIFI_SEGMENT));
        assertThat(asker().getMatrix(MATRIX).getCellsList())
                .extracting(Cell::getSegment)
                .containsOnly("wifi");
        assertThatThrownBy(() ->
                        asker().getMatrix(MATRIX.toBuilder().setSegment("srv").build()))
                .hasMessageContaining("no segment 'srv' is declared");
    }

    @Test
    void whatTheWholeSiteWasToldReachesNobodyWithANarrowerScope() {
        GetMatrixResponse whole = asker().getMatrix(MATRIX);
        assertThat(whole.getCellsList()).extracting(Cell::getSegment).contains("wifi", "srv");
        assertThat(ids(asker(), FINDINGS)).containsExactlyInAnyOrder("on-wifi", "on-srv");
        for (String mine : List.of("wifi", "srv", "wifi")) {
            assertThat(asker(mine).getMatrix(MATRIX).getCellsList())
                    .extracting(Cell::getSegment)
                    .containsOnly(mine);
            assertThat(ids(asker(mine), FINDINGS)).containsExactly("on-" + mine);
        }
        assertThatThrownBy(() -> asker("wifi")
                        .getMatrix(MATRIX.toBuilder().setSegment("srv").build()))
                .hasMessage("PERMISSION_DENIED: this token is for wifi alone");
        assertThat(asker().getMatrix(MATRIX)).isEqualTo(whole);
    }

    @Test
    void aRefusalStaysOneAfterSomebodyElseWasAnswered() {
        GetMatrixRequest servers = MATRIX.toBuilder().setSegment("srv").build();
        assertThat(asker().getMatrix(servers).getCellsList()).isNotEmpty();
        assertThatThrownBy(() -> asker("wifi").getMatrix(servers))
                .hasMessage("PERMISSION_DENIED: this token is for wifi alone");
    }

    @Test
    void pagesGoOnFromEachOtherAndMakeTheWhole() {
        List<Cell> all = new ArrayList<>();
        String token = "";
        for (int i = 0; i < 100; i++) {
            GetMatrixRequest next =
                    MATRIX.toBuilder().setPageSize(70).setPageToken(token).build();
            GetMatrixResponse page = asker().getMatrix(next);
            assertThat(asker().getMatrix(next)).isEqualTo(page);
            all.addAll(page.getCellsList());
            token = page.getNextPageToken();
            if (token.isEmpty()) {
                break;
            }
        }
        assertThat(all).isEqualTo(asker().getMatrix(MATRIX).getCellsList());
    }

    @Test
    void aPageTokenOfAnotherQuestionIsRefusedThoughItsAnswerIsKept() {
        String token =
                asker().getMatrix(MATRIX.toBuilder().setPageSize(70).build()).getNextPageToken();
        assertThatThrownBy(() -> asker().getMatrix(MATRIX.toBuilder()
                        .setFilter("state = OK")
                        .setPageToken(token)
                        .build()))
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void fieldsThatOneAskerLeftOutAreThereForTheNext() {
        GetMatrixRequest states = MATRIX.toBuilder()
                .setReadMask(FieldMask.newBuilder().addPaths("state"))
                .build();
        for (int i = 0; i < 2; i++) {
            assertThat(asker().getMatrix(states).getCellsList())
                    .allSatisfy(c -> assertThat(c)
                            .isEqualTo(Cell.newBuilder().setState(c.getState()).build()))
                    .extracting(Cell::getState)
                    .contains("BLOCKED", "OK", "NOT_YET_RUN");
            assertThat(asker().getMatrix(MATRIX).getCellsList())
                    .extracting(Cell::getTargetId)
                    .contains(COURIER.value());
        }
    }

    @Test
    void earlierTimesAreToldAsTheyWereAndNotKept() {
        judged(1, State.OK);
        GetMatrixRequest then =
                MATRIX.toBuilder().setAt(Fields.timestamp(T0.plusSeconds(100))).build();
        for (int i = 0; i < 2; i++) {
            assertThat(asker().getMatrix(then).getCellsList())
                    .filteredOn(c ->
                            c.getSegment().equals("wifi") && c.getTargetId().equals(COURIER.value()))
                    .extracting(Cell::getState)
                    .containsExactly("BLOCKED");
            assertThat(courier(asker(), "wifi")).isEqualTo("OK");
        }
        ListFindingsRequest since = FINDINGS.toBuilder()
                .setSince(Fields.timestamp(T0.plusSeconds(100)))
                .build();
        assertThat(ids(asker(), since)).containsExactly("on-wifi");
        assertThat(ids(asker(), since)).containsExactly("on-wifi");
        assertThat(kept.found()).as("the second matrix of now").isEqualTo(1);
    }
}
