package dev.plumbline.collector.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.report.Composition;
import dev.plumbline.collector.report.Format;
import dev.plumbline.collector.report.Period;
import dev.plumbline.collector.report.Seal;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.v1.GenerateReportRequest;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportHeader;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report contract over gRPC, for whoever sees the whole site: a report of some segments would lack what lies beyond them. */
public final class ReportService extends ReportServiceGrpc.ReportServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ReportService.class);
    private static final String STANDARD_FORMAT = "html";

    /** The judge is behind by less than this unless it catches up. */
    private static final Duration JUDGED_WITHIN = Duration.ofSeconds(5);

    /** A change of the store that comes between is one round of many minutes. */
    private static final int MOST_TRIES = 3;

    private final PastReader reader;
    private final JudgedTime judged;
    private final PastReadings readings;
    private final LiveIdentity own;
    private final Clock clock;
    private final Deliveries deliveries;

    /**
     * @param readings shared with whatever else reads of earlier times
     * @param own the collector's: its key signs, and stays here
     */
    public ReportService(PastReader reader, JudgedTime judged, PastReadings readings, LiveIdentity own, Clock clock) {
        this(reader, judged, readings, own, clock, System::nanoTime);
    }

    /** @param nanos by which deliveries are seen to stand */
    ReportService(
            PastReader reader,
            JudgedTime judged,
            PastReadings readings,
            LiveIdentity own,
            Clock clock,
            LongSupplier nanos) {
        this.deliveries = new Deliveries(nanos);
        this.reader = reader;
        this.judged = judged;
        this.readings = readings;
        this.own = own;
        this.clock = clock;
    }

    @Override
    public void generateReport(GenerateReportRequest request, StreamObserver<GenerateReportResponse> to) {
        Purview purview = Asker.current().purview();
        if (!deliveries.enter()) {
            to.onError(Refusal.exhausted(
                            Deliveries.MOST + " reports are under way already; ask for this one again in a moment")
                    .asException());
            return;
        }
        boolean isBegun = false;
        try {
            Delivery delivery = delivery(request, purview, (ServerCallStreamObserver<GenerateReportResponse>) to);
            isBegun = true;
            deliveries.begin(delivery);
        } catch (Refusal e) {
            to.onError(e.asException());
        } catch (FieldViolation e) {
            to.onError(Refusal.invalid(e).asException());
        } catch (StoreException e) {
            LOG.error("a report cannot be made: {}", e.getMessage(), e);
            to.onError(Refusal.unavailable(String.valueOf(e.getMessage())).asException());
        } finally {
            if (!isBegun) {
                deliveries.leave();
            }
        }
    }

    private Delivery delivery(
            GenerateReportRequest request, Purview purview, ServerCallStreamObserver<GenerateReportResponse> to)
            throws Refusal, FieldViolation {
        Format format = format(request.getFormat());
        Report report = report(request, purview);
        byte[] document = format.write(report);
        return new Delivery(header(report, format, document, request.getSign()), document, to);
    }

    private static Format format(String word) throws FieldViolation {
        try {
            return Format.ofWord(word.isEmpty() ? STANDARD_FORMAT : word);
        } catch (IllegalArgumentException e) {
            throw new FieldViolation("format", String.valueOf(e.getMessage()));
        }
    }

    Report report(GenerateReportRequest request, Purview purview) throws Refusal, FieldViolation {
        if (!purview.isWholeSite()) {
            throw Refusal.denied("this token is for " + purview + " alone, and a report for who sees the whole site");
        }
        Period period = period(request);
        Optional<SegmentId> only = request.getSegment().isEmpty()
                ? Optional.empty()
                : Optional.of(reader.declared().segment(request.getSegment()).id());
        awaitJudged(period.to());
        return readings.read(() -> report(period, only));
    }

    private void awaitJudged(Instant at) throws Refusal {
        try {
            if (!judged.await(at, JUDGED_WITHIN)) {
                throw notJudged();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the collector is closing; ask again when it is back");
        }
    }

    private static Refusal notJudged() {
        return Refusal.unavailable("rounds of the period are not judged yet; ask again in a moment");
    }

    /** Of a store that nothing was written to meanwhile, or taken out of: else a segment would be told with half of its past. */
    private Report report(Period period, Optional<SegmentId> only) throws Refusal {
        try {
            for (int i = 0; i < MOST_TRIES; i++) {
                if (reader.isBehind(period.to())) {
                    throw notJudged();
                }
                long before = reader.version();
                Report report = Composition.of(reader.read(period, only));
                if (reader.version() == before) {
                    return report;
                }
            }
            throw Refusal.unavailable("the store is being changed; ask again in a moment");
        } catch (JournalException e) {
            LOG.error("a report cannot be made: {}", e.getMessage(), e);
            throw Refusal.unavailable(String.valueOf(e.getMessage()));
        }
    }

    private Period period(GenerateReportRequest request) throws FieldViolation {
        Instant now = clock.instant();
        Instant from = time("from", request.hasFrom(), request.getFrom(), now);
        Instant to = time("to", request.hasTo(), request.getTo(), now);
        if (!from.isBefore(to)) {
            throw new FieldViolation("from", from + " is not before to, " + to + "; ask for an earlier time");
        }
        Optional<Instant> first = reader.rememberedFrom();
        if (first.isEmpty()) {
            throw new FieldViolation("to", "nothing is remembered yet: no round has closed");
        }
        if (!to.isAfter(first.get())) {
            throw new FieldViolation(
                    "to", "nothing is remembered of before " + first.get() + "; ask for a period that ends after that");
        }
        return new Period(from, to);
    }

    private static Instant time(String field, boolean isGiven, Timestamp at, Instant now) throws FieldViolation {
        return When.past(field, isGiven ? Optional.of(at) : Optional.empty(), now, When.AHEAD)
                .map(t -> t.isAfter(now) ? now : t)
                .orElseThrow(() -> new FieldViolation(field, "is missing; ask for a time such as " + now));
    }

    private ReportHeader header(Report report, Format format, byte[] document, boolean isSigned) {
        ReportHeader.Builder header = ReportHeader.newBuilder()
                .setVerdict(report.getVerdict())
                .setFileName(format.fileName(report))
                .setMediaType(format.mediaType())
                .setSizeBytes(document.length)
                .setSha256(ByteString.copyFrom(Sha256.of(document).bytes()));
        if (isSigned) {
            header.setSignature(ByteString.copyFrom(Seal.of(document, own.current(), clock.instant())));
        }
        return header.build();
    }
}
