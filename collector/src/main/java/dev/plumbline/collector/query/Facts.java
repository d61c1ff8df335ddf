package dev.plumbline.collector.query;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.journal.JournalPage;
import dev.plumbline.collector.listing.FieldViolation;
import dev.plumbline.collector.round.JournalCertificates;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.Observation;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents sent, as it lies in the journal, for whoever wants to see it for himself. Of which segments somebody may be told is the
 * caller's business. What was deleted by retention is not there any more. Any thread that may wait.
 */
public final class Facts {
    private static final Logger LOG = LoggerFactory.getLogger(Facts.class);

    /** Positions that are looked at before others who read the journal have their turn. */
    private static final long STEP = 1_000;

    /** A round's facts that come later than this were spooled, and are not shown. */
    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(30);

    /** Of the journal's end: what a site of a hundred agents sends in some rounds. */
    private static final long LATELY = 1_000;

    private static final Duration KEPT = Duration.ofSeconds(20);

    private final JournalHistory journal;
    private final JournalCertificates certificates;
    private final PastReadings readings = new PastReadings(Duration.ofSeconds(5));

    // Guarded by this.
    private Map<String, Self> selves = Map.of();
    private long selvesReadAt;

    public Facts(JournalHistory journal) {
        this.journal = journal;
        this.certificates = new JournalCertificates(journal);
        this.selvesReadAt = System.nanoTime() - KEPT.toNanos();
    }

    /** What one agent saw. */
    public record Told(String agent, dev.plumbline.words.Observation observation) {}

    /**
     * What an agent said of itself in its latest round.
     *
     * @param receivedAt by the collector's clock
     */
    public record Self(RoundSummary summary, Instant receivedAt) {}

    /**
     * How long something took in one round.
     *
     * @param micros smallest time of connect plus handshake
     */
    public record Latency(String agent, String target, Instant at, long micros) {}

    /**
     * All tries of one round, in order of time.
     *
     * @throws io.grpc.StatusRuntimeException when the journal cannot be read now
     */
    public List<Told> of(String segment, String target, long round) {
        Instant begun = Instant.ofEpochMilli(round);
        List<Told> told = new ArrayList<>();
        read(new SegmentId(segment), begun.minusSeconds(1), begun.plus(ARRIVES_WITHIN), entry -> {
            Batch batch = Batch.parseFrom(entry.record().batch().toArray());
            Batch.Builder wanted =
                    Batch.newBuilder().setIncarnation(batch.getIncarnation()).setSequence(batch.getSequence());
            batch.getObservationsList().stream()
                    .filter(o -> o.getRound() == round && o.getTargetId().equals(target))
                    .forEach(wanted::addObservations);
            if (wanted.getObservationsCount() > 0) {
                String agent = name(entry.record().agent());
                BatchCodec.decode(wanted.build()).observations().forEach(o -> told.add(new Told(agent, o)));
            }
        });
        return told;
    }

    /**
     * How long connects and handshakes took, round by round.
     *
     * @param target empty = of all
     */
    public List<Latency> latencies(String segment, String target, Instant from, Instant to) {
        List<Latency> all = new ArrayList<>();
        read(new SegmentId(segment), from, to, entry -> {
            Batch batch = Batch.parseFrom(entry.record().batch().toArray());
            for (Observation observation : batch.getObservationsList()) {
                if (target.isEmpty() || observation.getTargetId().equals(target)) {
                    Latencies.micros(observation)
                            .ifPresent(micros -> all.add(new Latency(
                                    name(entry.record().agent()),
                                    observation.getTargetId(),
                                    Instant.ofEpochMilli(observation.getRound()),
                                    micros)));
                }
            }
        });
        return all;
    }

    /** By segment and name, such as {@code wifi/wifi-1}: those that were heard lately. */
    public synchronized Map<String, Self> selves() {
        if (System.nanoTime() - selvesReadAt < KEPT.toNanos()) {
            return selves;
        }
        Map<String, Self> latest = new TreeMap<>();
        bounded(() -> {
            long end = journal.end();
            long position = Math.max(0, end - LATELY);
            JournalPage page;
            do {
                page = journal.page(position, end, 100);
                for (JournalEntry entry : page.entries()) {
                    take(entry, latest);
                }
                position = page.last();
            } while (page.isFull());
        });
        selves = Map.copyOf(latest);
        selvesReadAt = System.nanoTime();
        return selves;
    }

    private static void take(JournalEntry entry, Map<String, Self> latest)
            throws InvalidProtocolBufferException, WireException {
        Batch batch = Batch.parseFrom(entry.record().batch().toArray());
        if (batch.getSummariesCount() == 0) {
            return;
        }
        Batch.Builder summaries = Batch.newBuilder()
                .setIncarnation(batch.getIncarnation())
                .setSequence(batch.getSequence())
                .addAllSummaries(batch.getSummariesList());
        String agent = entry.record().segment() + "/" + name(entry.record().agent());
        BatchCodec.decode(summaries.build())
                .summaries()
                .forEach(s -> latest.put(agent, new Self(s, entry.record().receivedAt())));
    }

    /** One that was shown to an agent. */
    public Optional<X509Certificate> certificate(Sha256 hash) {
        return certificates.byHash(hash);
    }

    /** Of a SPIFFE identity. */
    private static String name(String identity) {
        return identity.substring(identity.lastIndexOf('/') + 1);
    }

    private interface Use {
        void of(JournalEntry entry) throws InvalidProtocolBufferException, WireException;
    }

    private void read(SegmentId segment, Instant from, Instant to, Use use) {
        bounded(() -> {
            long position = journal.before(from);
            long end = journal.before(to);
            while (position < end) {
                long upTo = Math.min(end, position + STEP);
                for (JournalEntry entry : journal.ofSegment(segment, position, upTo)) {
                    use.of(entry);
                }
                position = upTo;
            }
        });
    }

    private interface Reading {
        void run() throws JournalException, InvalidProtocolBufferException, WireException;
    }

    private void bounded(Reading reading) {
        try {
            readings.read(() -> {
                try {
                    reading.run();
                    return true;
                } catch (JournalException | InvalidProtocolBufferException | WireException e) {
                    LOG.error("facts cannot be read: {}", e.getMessage(), e);
                    throw Refusal.unavailable("what agents sent cannot be read; the collector's log says why");
                }
            });
        } catch (Refusal e) {
            throw e.asException();
        } catch (FieldViolation e) {
            throw new IllegalStateException("nobody gave a field", e);
        }
    }
}
