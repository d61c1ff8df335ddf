package dev.plumbline.collector.round;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalHistory;
import dev.plumbline.collector.journal.JournalPage;
import dev.plumbline.collector.journal.JournalRecord;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes journal records. */
public final class JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final JournalHistory journal;

    public JournalReader(JournalHistory journal) {
        this.journal = journal;
    }

    /**
     * One record that could be decoded.
     *
     * @param receivedAt by the collector's clock
     */
    public record Reading(long position, AgentId agent, Batch batch, Instant receivedAt) {}

    /**
     * Durable records after a position.
     *
     * @param last position of the last record read, also when it is damaged or could not be decoded
     */
    public record Page(List<Reading> readings, long last, boolean isFull) {}

    /** Position after which nothing was deleted by retention; 0 where nothing was. */
    public long begin() throws JournalException {
        return journal.deletedTo();
    }

    public Page read(long after, int max) throws JournalException {
        return read(after, Long.MAX_VALUE, max);
    }

    /** The same, and none after another position. */
    public Page read(long after, long upTo, int max) throws JournalException {
        JournalPage page = journal.page(after, upTo, max);
        List<Reading> readings = new ArrayList<>(page.entries().size());
        for (JournalEntry entry : page.entries()) {
            decode(entry).ifPresent(readings::add);
        }
        return new Page(readings, page.last(), page.isFull());
    }

    private static Optional<Reading> decode(JournalEntry entry) {
        JournalRecord record = entry.record();
        try {
            SpiffeId id = SpiffeId.parse(record.agent());
            Batch batch = BatchCodec.parse(record.batch().toArray());
            return Optional.of(new Reading(
                    entry.position(), new AgentId(record.segment(), id.name()), batch, record.receivedAt()));
        } catch (IllegalArgumentException | WireException | InvalidProtocolBufferException e) {
            // Ingest reads every batch before it is journalled: what cannot be read now was written by another version.
            LOG.warn("journal record {} of {} cannot be read: {}", entry.position(), record.agent(), e.getMessage());
            return Optional.empty();
        }
    }
}
