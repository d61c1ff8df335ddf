package dev.plumbline.collector.round;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.journal.Journal;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes journal records and joins the evidence that they cite, which lies beside the journal. For one thread. */
public final class JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    /** Certificates are few and cited all the time. */
    private static final int KEPT_EVIDENCE = 2_000;

    private final Journal journal;
    private final Map<Sha256, Evidence> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Evidence> eldest) {
            return size() > KEPT_EVIDENCE;
        }
    };

    public JournalReader(Journal journal) {
        this.journal = journal;
    }

    /** One record that could be decoded. */
    public record Reading(long position, AgentId agent, Batch batch) {}

    /**
     * Durable records after a position.
     *
     * @param last position of the last record read, also when it could not be decoded
     */
    public record Page(List<Reading> readings, long last, boolean isFull) {}

    public Page read(long after, int max) throws JournalException {
        List<JournalEntry> entries = journal.tail(after, max);
        List<Reading> readings = new ArrayList<>(entries.size());
        long last = after;
        for (JournalEntry entry : entries) {
            last = entry.position();
            decode(entry).ifPresent(readings::add);
        }
        return new Page(readings, last, entries.size() == max);
    }

    /** True when there is a record after the position. */
    public boolean await(long after, Duration atMost) throws InterruptedException {
        return journal.await(after, atMost);
    }

    private Optional<Reading> decode(JournalEntry entry) throws JournalException {
        JournalRecord record = entry.record();
        try {
            SpiffeId id = SpiffeId.parse(record.agent());
            Batch batch = BatchCodec.parse(record.batch().toArray());
            return Optional.of(
                    new Reading(entry.position(), new AgentId(record.segment(), id.name()), with(batch, cited(batch))));
        } catch (IllegalArgumentException | WireException | InvalidProtocolBufferException e) {
            // Ingest reads every batch before it is journalled: what cannot be read now was written by another version.
            LOG.warn("journal record {} of {} cannot be read: {}", entry.position(), record.agent(), e.getMessage());
            return Optional.empty();
        }
    }

    private List<Evidence> cited(Batch batch) throws JournalException {
        Set<Sha256> hashes = new LinkedHashSet<>();
        for (Observation observation : batch.observations()) {
            for (Attempt attempt : observation.attempts()) {
                for (Handshake handshake : attempt.handshakes()) {
                    hashes.addAll(handshake.certificates());
                }
            }
        }
        List<Evidence> all = new ArrayList<>(batch.evidence());
        for (Sha256 hash : hashes) {
            Evidence evidence = known.get(hash);
            if (evidence == null) {
                evidence = journal.evidence(hash).orElse(null);
            }
            if (evidence != null) {
                known.put(hash, evidence);
                all.add(evidence);
            }
        }
        return all;
    }

    private static Batch with(Batch batch, List<Evidence> evidence) {
        return new Batch(
                batch.incarnation(),
                batch.sequence(),
                batch.planHash(),
                batch.observations(),
                batch.summaries(),
                evidence);
    }
}
