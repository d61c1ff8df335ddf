package dev.plumbline.deploy.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.WireException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What of an agent's own spool a journal holds: observations are what the spool counts. */
final class SpooledRecords {
    private static final int PAGE = 512;

    private final Path journal;

    SpooledRecords(Path journal) {
        this.journal = journal;
    }

    long observations(String agent, UUID incarnation) throws Trouble {
        long observations = 0;
        try (JournalReading reading = JournalReading.open(journal)) {
            long position = 0;
            List<JournalEntry> page = reading.tail(position, PAGE);
            while (!page.isEmpty()) {
                for (JournalEntry entry : page) {
                    position = entry.position();
                    if (entry.record().agent().equals(agent)
                            && entry.record().incarnation().equals(incarnation)) {
                        observations += BatchCodec.parse(entry.record().batch().toArray())
                                .observations()
                                .size();
                    }
                }
                page = reading.tail(position, PAGE);
            }
            return observations;
        } catch (JournalException e) {
            throw new Trouble(String.valueOf(e.getMessage()));
        } catch (InvalidProtocolBufferException | WireException e) {
            throw new Trouble("the journal holds what is no batch", e);
        }
    }
}
