package dev.plumbline.collector.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.finding.Incident;
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
import dev.plumbline.v1.ReportedFinding;
import dev.plumbline.words.Sha256;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report contract over gRPC. Whoever sees some segments alone is told of these alone. */
public final class ReportService extends ReportServiceGrpc.ReportServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ReportService.class);
    private static final String STANDARD_FORMAT = "html";

    /** Whole documents wait in memory for whoever reads them. */
    private static final int MOST_UNDELIVERED = 4;

    private final PastReader reader;
    private final LiveIdentity own;
    private final Clock clock;
    private final Semaphore undelivered = new Semaphore(MOST_UNDELIVERED);
    private final PastReadings readings = new PastReadings(Duration.ofSeconds(5));

    /** @param own the collector's: its key signs, and stays here */
    public ReportService(PastReader reader, LiveIdentity own, Clock clock) {
        this.reader = reader;
        this.own = own;
        this.clock = clock;
    }

    @Override
    public void generateReport(GenerateReportRequest request, StreamObserver<GenerateReportResponse> to) {
        Purview purview = Asker.current().purview();
        if (!undelivered.tryAcquire()) {
            to.onError(Refusal.exhausted(
                            MOST_UNDELIVERED + " reports are under way already; ask for this one again in a moment")
                    .asException());
            return;
        }
        boolean isBegun = false;
        try {
            Delivery delivery = delivery(request, purview, (ServerCallStreamObserver<GenerateReportResponse>) to);
            isBegun = true;
            delivery.begin(undelivered::release);
        } catch (Refusal e) {
            to.onError(e.asException());
        } catch (FieldViolation e) {
            to.onError(Refusal.invalid(e).asException());
        } catch (StoreException e) {
            LOG.error("a report cannot be made: {}", e.getMessage(), e);
            to.onError(Refusal.unavailable(String.valueOf(e.getMessage())).asException());
        } finally {
            if (!isBegun) {
                undelivered.release();
            }
        }
    }

    private Delivery delivery(
            GenerateReportRequest request, Purview purview, ServerCallStreamObserver<GenerateReportResponse> to)
            throws Refusal, FieldViolation {
        Format format = format(request.getFormat());
        Report report = readings.read(() -> report(request, purview));
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

    /** What the asker may see. */
    Report report(GenerateReportRequest request, Purview purview) throws Refusal, FieldViolation {
        Period period = period(request);
        String segment = request.getSegment();
        if (!segment.isEmpty()) {
            if (!purview.includes(segment)) {
                throw Refusal.denied("this token is for " + purview + " alone");
            }
            reader.declared().segment(segment);
        }
        try {
            if (reader.isBehind(period.to())) {
                throw Refusal.unavailable("rounds of the period are not judged yet; ask again in a moment");
            }
            return seen(
                    Composition.of(reader.read(
                            period,
                            s -> purview.includes(s.value())
                                    && (segment.isEmpty() || s.value().equals(segment)),
                            i -> isTold(i, segment, purview))),
                    purview);
        } catch (JournalException e) {
            LOG.error("a report cannot be made: {}", e.getMessage(), e);
            throw Refusal.unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isTold(Incident incident, String segment, Purview purview) {
        String place = incident.finding().place().word();
        boolean concerns = segment.isEmpty()
                || place.equals(segment)
                || incident.finding().place().segment().isEmpty();
        return concerns && purview.includes(place);
    }

    private static Report seen(Report report, Purview purview) {
        if (purview.isWholeSite()) {
            return report;
        }
        Report.Builder seen = report.toBuilder().clearFindings();
        for (ReportedFinding finding : report.getFindingsList()) {
            ReportedFinding.Builder own = finding.toBuilder();
            own.getFindingBuilder()
                    .clearWitnesses()
                    .addAllWitnesses(finding.getFinding().getWitnessesList().stream()
                            .filter(w -> purview.includes(w.getSegment()))
                            .toList());
            seen.addFindings(own);
        }
        return seen.build();
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
