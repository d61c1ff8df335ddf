package dev.plumbline.deploy.proof;

import dev.plumbline.collector.journal.JournalEntry;
import dev.plumbline.collector.journal.JournalException;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.journal.JournalRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads a journal on from where it read before, and holds what agents were told against what is in it. */
final class JournalCheck {
    private static final int PAGE = 512;

    private final Path file;
    private final Map<Name, Map<Long, Integer>> found = new HashMap<>();
    private final Map<Name, Long> latest = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long position;
    private long records;

    private record Name(String agent, UUID incarnation) {}

    JournalCheck(Path file) {
        this.file = file;
    }

    /** May be beside a collector that writes, or after one that was killed. */
    void readOn() throws Trouble {
        try (JournalReading journal = JournalReading.open(file)) {
            List<JournalEntry> page = journal.tail(position, PAGE);
            while (!page.isEmpty()) {
                page.forEach(this::take);
                page = journal.tail(position, PAGE);
            }
        } catch (JournalException e) {
            throw new Trouble(String.valueOf(e.getMessage()));
        }
    }

    private void take(JournalEntry entry) {
        JournalRecord record = entry.record();
        Name name = new Name(record.agent(), record.incarnation());
        Integer before = found.computeIfAbsent(name, n -> new HashMap<>())
                .put(record.sequence(), BareAgent.sum(record.batch().toArray()));
        if (before != null) {
            problems.add("batch " + record.sequence() + " of " + record.agent() + " is in the journal twice");
        }
        Long last = latest.put(name, record.sequence());
        if (last != null && last >= record.sequence()) {
            problems.add("batch " + record.sequence() + " of " + record.agent() + " came after batch " + last);
        }
        position = entry.position();
        records++;
    }

    long records() {
        return records;
    }

    /** Records of an identity. */
    long records(String agent) {
        return found.entrySet().stream()
                .filter(e -> e.getKey().agent().equals(agent))
                .mapToLong(e -> e.getValue().size())
                .sum();
    }

    /** The sequences of one incarnation. */
    Map<Long, Integer> of(String agent, UUID incarnation) {
        return found.getOrDefault(new Name(agent, incarnation), Map.of());
    }

    /** Notes what is wrong in itself: an entry that is there twice, or out of order. */
    void requireOrder(Account account) {
        problems.forEach(problem -> account.require(false, problem));
    }

    /** Notes each batch that was acknowledged and is not there, or not as it was sent. */
    void requireAcked(BareAgent agent, Account account) {
        Map<Long, Integer> there = of(agent.identity(), agent.incarnation());
        Map<Long, Integer> sent = agent.sums();
        for (long sequence = 1; sequence <= agent.acked(); sequence++) {
            Integer sum = there.get(sequence);
            if (sum == null || !sum.equals(sent.get(sequence))) {
                account.require(
                        false,
                        "batch " + sequence + " of " + agent.identity() + " was acknowledged and is "
                                + (sum == null ? "not in the journal" : "another one in the journal"));
            }
        }
    }
}
