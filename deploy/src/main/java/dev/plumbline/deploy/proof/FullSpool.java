package dev.plumbline.deploy.proof;

import java.time.Duration;

/** The agent's disk takes no more while the collector is away: it measures on, counts what it could not keep, and tells it. */
final class FullSpool implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Below what the log beside the spool soon has; a limit at the start would stop Java from unpacking its libraries. */
    private static final int BYTES = 64 << 10;

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
        site.collector().stop();
        String sent = "an agent whose collector is away, and whose files may have " + BYTES / 1024 + " kB";
        if (!Limits.limitFileBytes(ground, agent.running(), BYTES)) {
            return Outcome.skipped(sent, "the limit of a program that runs cannot be set here (prlimit of util-linux)");
        }
        agent.running().awaitWords("the spool cannot be written", PATIENCE);
        Thread.sleep(ground.size().of(5_000, 1_500));
        account.require(
                agent.running().isAlive(),
                "the agent has ended: " + agent.running().lastWords());
        account.require(Limits.lift(ground, agent.running()), "the limit could not be lifted");
        agent.running().awaitWords("the spool can be written again", PATIENCE);
        site.startCollector();
        agent.awaitConnected();
        SpoolDelivery delivery = SpoolDelivery.await(agent, site, PATIENCE);
        delivery.require(site, agent, account);
        account.require(delivery.lost() > 0, "nothing was lost on a full disk, which cannot be: " + delivery.counts());
        account.sent(sent + " (RLIMIT_FSIZE, set by prlimit while it runs)");
        account.happened("it said so, measured on, and wrote again when the limit was lifted; "
                + delivery.counts().acked() + " observations were delivered, each once");
        account.lost(
                delivery.lost() + " observations for which there was no room, counted and shown by plumbline segments");
        return account.outcome();
    }
}
