package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolBounds;
import dev.plumbline.agent.spool.SpoolCounts;
import java.time.Duration;

/** More waits than the agent's quota: what is oldest goes first and is counted, what is newest is delivered. */
final class SpoolQuota implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MEGABYTES = 1;
    private static final int ROUNDS = 40;

    @Override
    public String id() {
        return "spool-quota";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        Site site = ground.site("quota");
        LoopbackNames names = ground.keep(LoopbackNames.open());
        RealAgent agent =
                RealAgent.equip(ground, site, "quota", site.port(), names, "spool-megabytes: " + MEGABYTES + "\n");
        SpoolBounds bounds = SpoolDelivery.megabytes(MEGABYTES);
        TypicalDay.Written written = TypicalDay.write(agent.data(), bounds, ROUNDS);
        account.require(written.dropped() > 0, "nothing was given up, though more was written than there is room for");
        SpoolCounts waiting = RealAgent.counted(agent.data(), bounds).counts();
        account.require(
                waiting.spooled() == waiting.pending() + waiting.dropped(),
                "what was written is neither waiting nor counted as given up: " + waiting);
        site.startCollector();
        agent.start();
        agent.awaitConnected();
        SpoolDelivery delivery = SpoolDelivery.await(agent, site, PATIENCE);
        delivery.require(site, agent, account);
        JournalCheck journal = new JournalCheck(site.journal());
        journal.readOn();
        journal.requireOrder(account);
        account.require(
                journal.of(agent.identity(), written.incarnation()).containsKey(written.lastSequence()),
                "the newest batch was not delivered");
        account.sent(written.observations() + " observations into a spool of " + MEGABYTES + " MB (spool-megabytes)");
        account.happened("the newest " + waiting.pending() + " waited and were delivered in order, each once");
        account.lost(delivery.lost() + " older ones, given up by rule, counted and shown by plumbline segments");
        return account.outcome();
    }
}
