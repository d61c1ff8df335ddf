package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

/** The collector was away for a day: what an agent's spool holds then is delivered in order. */
final class OutageReplay implements Row {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "outage-replay";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        int hours = ground.size().of(24, 2);
        int rounds = (int) (Duration.ofHours(hours).toMinutes() / TypicalDay.ROUND.toMinutes());
        Site site = ground.site("outage");
        LoopbackNames names = ground.keep(LoopbackNames.open());
        RealAgent agent = RealAgent.equip(ground, site, "away", site.port(), names, "");
        ground.progress("outage-replay: writing " + hours + " h of rounds");
        TypicalDay.Written written = TypicalDay.write(agent.data(), SpoolBounds.STANDARD, rounds);
        double megabytes = size(agent) / 1e6;
        site.startCollector();
        agent.start();
        agent.awaitConnected();
        long began = System.nanoTime();
        JournalCheck journal = new JournalCheck(site.journal());
        while (journal.of(agent.identity(), written.incarnation()).size() < written.lastSequence()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new Trouble(
                        journal.of(agent.identity(), written.incarnation()).size() + " of " + written.lastSequence()
                                + " batches were delivered within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(100);
            journal.readOn();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        agent.running().stop();
        site.collector().stop();
        journal.readOn();
        journal.requireOrder(account);
        RealAgent.Spooled after = agent.look();
        long there = new SpooledRecords(site.journal()).observations(agent.identity(), written.incarnation());
        account.require(written.dropped() == 0, written.dropped() + " observations were given up while they waited");
        account.require(
                there == after.counts().acked() && there >= written.observations(),
                written.observations() + " observations waited, "
                        + after.counts().acked() + " were acknowledged, and the journal has " + there);
        account.sent(String.format(
                Locale.ROOT,
                "%d h without a collector: %d rounds of %d targets, %d observations in %d batches, a spool of %.1f MB",
                hours,
                rounds,
                TypicalDay.targets(),
                written.observations(),
                written.lastSequence(),
                megabytes));
        account.happened(String.format(
                Locale.ROOT,
                "delivered in order of their sequence, each once, in %.1f s: %,.0f observations/s, %,.0f batches/s",
                seconds,
                written.observations() / seconds,
                written.lastSequence() / seconds));
        return account.outcome();
    }

    private static long size(RealAgent agent) throws Trouble {
        try {
            return Files.size(agent.data().resolve("spool.db"));
        } catch (IOException e) {
            throw new Trouble("the spool's size cannot be read", e);
        }
    }
}
