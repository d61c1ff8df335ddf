package dev.plumbline.collector.query;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.listing.Listing;
import dev.plumbline.collector.listing.ReadMask;
import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetFindingRequest;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.VerifyNowRequest;
import dev.plumbline.v1.VerifyNowResponse;
import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import dev.plumbline.words.Sha256;
import io.grpc.BindableService;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query contract over gRPC. Who may ask is the port's business, not this class's; of which segments is {@link Asker}'s. */
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);

    private static final int USUAL_PAGE = 1_000;

    /** As many cells as a site of fifty segments has, twice. */
    private static final int LARGEST_PAGE = 10_000;

    private final Answers answers;
    private final VerifyNow verifyNow;
    private final Watches watches;
    private final PastReadings past;
    private final EncodedAnswers encoded = new EncodedAnswers();

    /** @param past shared with whatever else reads of earlier times */
    public QueryService(Answers answers, VerifyNow verifyNow, Watches watches, PastReadings past) {
        this.past = past;
        this.answers = answers;
        this.verifyNow = verifyNow;
        this.watches = watches;
    }

    /** The same for ports of gRPC: what is listed of now is encoded once for all who ask the same between two changes. */
    public BindableService encoding() {
        return new EncodedLists(this);
    }

    /** How much of that is kept. */
    public MetricSource metrics() {
        return encoded;
    }

    @Override
    public void listSegments(ListSegmentsRequest request, StreamObserver<ListSegmentsResponse> to) {
        answer(to, () -> {
            When when = when(request.hasAt(), request.getAt(), request.hasSince(), request.getSince());
            Listing<Segment> listing = Listing.of(
                    Listed.SEGMENTS,
                    new Listing.Asked(
                            request.getFilter(),
                            request.getOrderBy(),
                            request.getPageSize(),
                            request.getPageToken(),
                            query(request)),
                    USUAL_PAGE,
                    LARGEST_PAGE);
            ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), Segment.getDescriptor());
            Listing.Page<Segment> page =
                    listing.page(read(when, () -> forAsker().segments(when)));
            return ListSegmentsResponse.newBuilder()
                    .addAllSegments(page.rows().stream().map(mask::of).toList())
                    .setSiteId(answers.siteId())
                    .setEdition(answers.edition())
                    .setNextPageToken(page.next())
                    .setTotalSize(page.total())
                    .build();
        });
    }

    @Override
    public void getSegment(GetSegmentRequest request, StreamObserver<Segment> to) {
        answer(to, () -> {
            When when = when(request.hasAt(), request.getAt(), false, Timestamp.getDefaultInstance());
            ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), Segment.getDescriptor());
            return mask.of(read(when, () -> forAsker().segment(request.getSegment(), when)));
        });
    }

    @Override
    public void getMatrix(GetMatrixRequest request, StreamObserver<GetMatrixResponse> to) {
        answer(to, () -> matrix(request));
    }

    /** The same as it travels. */
    void encodedMatrix(GetMatrixRequest request, StreamObserver<Encoded> to) {
        answer(to, () -> encoded(request, request.hasAt() || request.hasSince(), () -> Encoded.of(matrix(request))));
    }

    private GetMatrixResponse matrix(GetMatrixRequest request) throws Refusal, FieldViolation {
        When when = when(request.hasAt(), request.getAt(), request.hasSince(), request.getSince());
        Listing<Cell> listing = Listing.of(
                Listed.CELLS,
                new Listing.Asked(
                        request.getFilter(),
                        request.getOrderBy(),
                        request.getPageSize(),
                        request.getPageToken(),
                        query(request)),
                LARGEST_PAGE,
                LARGEST_PAGE);
        ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), Cell.getDescriptor());
        Listing.Page<Cell> page = listing.page(read(when, () -> forAsker().matrix(request.getSegment(), when)));
        return GetMatrixResponse.newBuilder()
                .addAllCells(page.rows().stream().map(mask::of).toList())
                .setNextPageToken(page.next())
                .setTotalSize(page.total())
                .build();
    }

    @Override
    public void listFindings(ListFindingsRequest request, StreamObserver<ListFindingsResponse> to) {
        answer(to, () -> findings(request));
    }

    /** The same as it travels. */
    void encodedFindings(ListFindingsRequest request, StreamObserver<Encoded> to) {
        answer(to, () -> encoded(request, request.hasAt() || request.hasSince(), () -> Encoded.of(findings(request))));
    }

    private ListFindingsResponse findings(ListFindingsRequest request) throws Refusal, FieldViolation {
        When when = when(request.hasAt(), request.getAt(), request.hasSince(), request.getSince());
        Listing<Finding> listing = Listing.of(
                Listed.FINDINGS,
                new Listing.Asked(
                        request.getFilter(),
                        request.getOrderBy(),
                        request.getPageSize(),
                        request.getPageToken(),
                        query(request)),
                USUAL_PAGE,
                LARGEST_PAGE);
        ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), Finding.getDescriptor());
        Listing.Page<Finding> page = listing.page(
                read(when, () -> forAsker().findings(request.getIncludeClosed(), request.getPlace(), when)));
        return ListFindingsResponse.newBuilder()
                .addAllFindings(page.rows().stream().map(mask::of).toList())
                .setNextPageToken(page.next())
                .setTotalSize(page.total())
                .build();
    }

    @Override
    public void getFinding(GetFindingRequest request, StreamObserver<Finding> to) {
        answer(to, () -> {
            When when = when(request.hasAt(), request.getAt(), false, Timestamp.getDefaultInstance());
            ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), Finding.getDescriptor());
            return mask.of(read(when, () -> forAsker().finding(request.getFindingId(), when)));
        });
    }

    @Override
    public void explainTarget(ExplainTargetRequest request, StreamObserver<ExplainTargetResponse> to) {
        answer(to, () -> {
            When when = when(request.hasAt(), request.getAt(), request.hasSince(), request.getSince());
            ReadMask mask = ReadMask.of(request.getReadMask().getPathsList(), ExplainTargetResponse.getDescriptor());
            return mask.of(read(when, () -> forAsker().explain(request.getSegment(), request.getTargetId(), when)));
        });
    }

    @Override
    public void getRemedy(GetRemedyRequest request, StreamObserver<GetRemedyResponse> to) {
        answer(to, () -> {
            When when = when(request.hasAt(), request.getAt(), false, Timestamp.getDefaultInstance());
            return read(when, () -> forAsker().remedy(request.getFindingId(), request.getDialect(), when));
        });
    }

    @Override
    public void compareSegments(CompareSegmentsRequest request, StreamObserver<CompareSegmentsResponse> to) {
        answer(
                to,
                () -> request.getA().hasAt() || request.getB().hasAt()
                        ? past.read(() -> forAsker().compare(request.getA(), request.getB()))
                        : forAsker().compare(request.getA(), request.getB()));
    }

    /**
     * All at once, as whoever may ask for a matrix.
     *
     * @throws StatusRuntimeException as the rpcs end with it
     */
    public Overview overview(Asker asker, Optional<Timestamp> at) {
        WithinPurview within = new WithinPurview(answers, asker.purview());
        return ask(() -> {
            When when = answers.when(at, Optional.empty());
            return read(
                    when,
                    () -> new Overview(
                            answers.edition(),
                            within.outlines(when),
                            within.matrix("", when),
                            within.findings(false, "", when)));
        });
    }

    /** @param isPast what is asked of earlier times is asked seldom, and of another one each time */
    private Encoded encoded(Message request, boolean isPast, EncodedAnswers.Making making)
            throws Refusal, FieldViolation {
        return isPast ? making.make() : encoded.of(request, Asker.current().purview(), answers::generation, making);
    }

    private <T> T read(When when, PastReadings.Reading<T> reading) throws Refusal, FieldViolation {
        return when.equals(When.NOW) ? reading.read() : past.read(reading);
    }

    private When when(boolean hasAt, Timestamp at, boolean hasSince, Timestamp since) throws FieldViolation {
        return answers.when(
                hasAt ? Optional.of(at) : Optional.empty(), hasSince ? Optional.of(since) : Optional.empty());
    }

    /** All that was asked but for how much of it at once, and which fields: a page token belongs to it. */
    private static Sha256 query(Message request) {
        Message.Builder asked = request.toBuilder();
        for (String field : List.of("page_size", "page_token", ReadMask.FIELD)) {
            asked.clearField(request.getDescriptorForType().findFieldByName(field));
        }
        byte[] kind = request.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8);
        byte[] rest = asked.build().toByteArray();
        return Sha256.of(ByteBuffer.allocate(kind.length + rest.length)
                .put(kind)
                .put(rest)
                .array());
    }

    @Override
    public void verifyNow(VerifyNowRequest request, StreamObserver<VerifyNowResponse> to) {
        ServerCallStreamObserver<VerifyNowResponse> call = (ServerCallStreamObserver<VerifyNowResponse>) to;
        Verification verification = new Verification(answers, call);
        call.setOnCancelHandler(() -> verifyNow.leave(verification));
        verifyNow.watch(verification);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> to) {
        WithinPurview within = forAsker();
        Watch watch = new Watch(
                () -> new Watched(
                        within.matrix(request.getSegment(), When.NOW),
                        within.findings(false, request.getSegment(), When.NOW)),
                (ServerCallStreamObserver<WatchResponse>) to,
                answers::now);
        try {
            watches.begin(watch, Asker.current().who(), request);
        } catch (Refusal e) {
            to.onError(e.asException());
        }
    }

    private WithinPurview forAsker() {
        return new WithinPurview(answers, Asker.current().purview());
    }

    private interface Question<T> {
        T ask() throws Refusal, FieldViolation;
    }

    private static <T> void answer(StreamObserver<T> to, Question<T> question) {
        T answer;
        try {
            answer = ask(question);
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (Refusal e) {
            throw e.asException();
        } catch (FieldViolation e) {
            throw Refusal.invalid(e).asException();
        } catch (StoreException e) {
            LOG.error("a question stays without an answer: {}", e.getMessage(), e);
            throw Refusal.unavailable(String.valueOf(e.getMessage())).asException();
        }
    }
}
