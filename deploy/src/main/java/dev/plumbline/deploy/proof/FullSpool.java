package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** The agent's disk takes no more while the collector is away: it measures on, counts what it could not keep, and tells it. */
final class FullSpool implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So many rounds make a file of some megabytes, above what Java and its libraries unpack for themselves. */
    private static final int ROUNDS = 100;

    private static final int SPARE_KILOBYTES = 16;

    @Override
    public String id() {
        return "full-spool";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        Site site = ground.site("full-spool");
        LoopbackNames names = ground.keep(LoopbackNames.open());
        RealAgent agent = RealAgent.equip(ground, site, "full", site.port(), names, "");
        // Once with a collector, so that it has a plan to measure by.
        site.startCollector();
        agent.start();
        agent.running().awaitWords(" targets, a round every", PATIENCE);
        agent.running().stop();
        site.collector().stop();
        TypicalDay.write(agent.data(), SpoolBounds.STANDARD, ROUNDS);
        long kilobytes = kilobytes(agent) + SPARE_KILOBYTES;
        agent.start(Limits.fileKilobytes(kilobytes));
        String begins = "the spool cannot be written";
        agent.running().awaitWords(begins, PATIENCE);
        Thread.sleep(ground.size().of(5_000, 1_500));
        account.require(agent.running().isAlive(), "the agent has ended: " + agent.running().lastWords());
        boolean lifted = Limits.lift(ground, agent.running());
        if (!lifted) {
            agent.running().stop();
            agent.start();
        }
        site.startCollector();
        if (lifted) {
            agent.running().awaitWords("the spool can be written again", PATIENCE);
        }
        agent.awaitConnected();
        SpoolDelivery delivery = SpoolDelivery.await(agent, site, PATIENCE);
        delivery.require(site, agent, account);
        account.require(delivery.lost() > 0, "nothing was lost on a full disk, which cannot be: " + delivery.counts());
        account.sent("an agent without a collector, whose files may have " + kilobytes + " kB (ulimit -f), "
                + SPARE_KILOBYTES + " more than its spool has");
        account.happened("it said so, measured on, and "
                + (lifted ? "wrote again when the limit was lifted (prlimit)" : "wrote again after a start without it")
                + "; " + delivery.counts().acked() + " observations were delivered once");
        account.lost(delivery.lost() + " observations for which there was no room, counted and shown by plumbline segments");
        return account.outcome();
    }

    private static long kilobytes(RealAgent agent) throws Trouble {
        try {
            return Files.size(agent.data().resolve("spool.db")) / 1024;
        } catch (IOException e) {
            throw new Trouble("the spool's size cannot be read", e);
        }
    }
}
