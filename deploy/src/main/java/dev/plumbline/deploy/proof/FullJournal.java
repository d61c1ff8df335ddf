package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.words.Evidence;
import java.time.Duration;
import java.util.Random;

/** The collector's disk takes no more: it refuses batches, answers questions, and goes on when there is room. */
final class FullJournal implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Above what Java and its libraries unpack for themselves. */
    private static final int KILOBYTES = 20 << 10;

    private static final int EVIDENCE_BYTES = 60_000;
    private static final int EVIDENCE_OF_BATCH = 50;
    private static final int MOST_BATCHES = 24;

    private final Random random = new Random(7);

    @Override
    public String id() {
        return "full-journal";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        Site site = ground.site("full-journal");
        Daemon collector = site.startCollector(Limits.fileKilobytes(KILOBYTES));
        BareAgent agent = ground.keep(
                        new BareAgent(ground.channels(), site.port(), site.agent("wifi", "full"), Loopback.home()))
                .connect();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!agent.lastRefusal().contains("journal") && System.nanoTime() < deadline) {
            if (agent.offered() < MOST_BATCHES && agent.waiting() < 2) {
                agent.offer(large());
            }
            Thread.sleep(20);
        }
        long acked = agent.acked();
        String refusal = agent.lastRefusal();
        account.require(
                refusal.startsWith("UNAVAILABLE: the journal cannot be written"),
                "no batch was refused for want of room; the last words were '" + refusal + "'");
        account.require(collector.isAlive(), "the collector has ended: " + collector.lastWords());
        account.require(site.plumbline("segments").exitCode() == 0, "questions are not answered any more");
        account.require(site.log().contains("journal.db"), "the log does not name the journal's file");
        boolean lifted = Limits.lift(ground, collector);
        if (!lifted) {
            collector.stop();
            site.startCollector();
        }
        agent.awaitAcked(PATIENCE);
        site.collector().stop();
        JournalCheck journal = new JournalCheck(site.journal());
        journal.readOn();
        journal.requireOrder(account);
        journal.requireAcked(agent, account);
        account.require(
                journal.records() == agent.offered(),
                agent.offered() + " batches were acknowledged, and the journal has " + journal.records());
        site.requireRebuildSame(account);
        account.sent(agent.offered() + " batches of 3 MB to a collector whose files may have " + KILOBYTES / 1024
                + " MB (ulimit -f)");
        account.happened("after " + acked + " batches '" + refusal + "'; it answered questions, and "
                + (lifted ? "when the limit was lifted (prlimit)" : "after a start without the limit")
                + " took the rest; all " + agent.acked() + " are in the journal once");
        return account.outcome();
    }

    private Batch.Builder large() {
        Batch.Builder batch = Facts.batch(random.nextLong(), 1);
        for (int i = 0; i < EVIDENCE_OF_BATCH; i++) {
            byte[] content = new byte[EVIDENCE_BYTES];
            random.nextBytes(content);
            batch.addEvidence(BatchCodec.encode(Evidence.body(content)));
        }
        return batch;
    }
}
