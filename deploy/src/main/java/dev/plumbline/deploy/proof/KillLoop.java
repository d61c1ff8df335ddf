package dev.plumbline.deploy.proof;

import dev.plumbline.agent.spool.SpoolCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Collector and agents are killed again and again under load. A kill counts when it met a batch that was sent or spooled and not
 * acknowledged: what is on the way is seen from outside, and agents are killed while their acknowledgements are kept back.
 */
final class KillLoop implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CROWD = 10;
    private static final int MOST_DELAY_MILLIS = 150;

    /** Longer than a spool gathers: by then a batch lies there whose acknowledgement does not come. */
    private static final int UNHEARD_MILLIS = 400;

    private final Random random = new Random(5);

    @Override
    public String id() {
        return "kill-loop";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Loop loop = new Loop(ground);
        loop.prepare();
        int kills = ground.size().of(200, 6);
        // As often as not it is an agent's turn; the two take turns among themselves.
        for (int tries = 0; loop.met() < kills && tries < kills + kills / 4 + 2; tries++) {
            ground.progress("kill-loop: " + loop.met() + " of " + kills + " kills met something on its way");
            if (tries % 2 == 0) {
                loop.killCollector();
            } else {
                loop.killAgent(tries / 2 % 2);
            }
        }
        loop.settle(kills);
        return loop.account.outcome();
    }

    private final class Loop {
        private final Account account = new Account();
        private final Site site;
        private final Relay[] relays;
        private final RealAgent[] agents;
        private final JournalCheck journal;
        private final Path archive;
        private Crowd crowd;
        private int collectorKills;
        private int collectorMet;
        private int agentKills;
        private int agentMet;
        private long onTheWay;

        Loop(Ground ground) throws Trouble, InterruptedException {
            this.site = ground.site("kill-loop");
            this.archive = site.folder().resolve("collector.jsa");
            LoopbackNames names = ground.keep(LoopbackNames.open());
            this.relays = new Relay[] {ground.keep(Relay.open(site.port())), ground.keep(Relay.open(site.port()))};
            this.agents = new RealAgent[] {
                RealAgent.equip(ground, site, "real-0", relays[0].port(), names, ""),
                RealAgent.equip(ground, site, "real-1", relays[1].port(), names, "")
            };
            this.journal = new JournalCheck(site.journal());
            site.javaOptions(Archives.leaving(archive));
            site.startCollector();
            this.crowd = Crowd.gather(ground, site, CROWD);
        }

        int met() {
            return collectorMet + agentMet;
        }

        /** Everything runs, and has run once before. */
        void prepare() throws Trouble, InterruptedException {
            Path agentArchive = site.folder().resolve("agent.jsa");
            for (RealAgent agent : agents) {
                agent.javaOptions(agent == agents[0] ? Archives.leaving(agentArchive) : "");
                agent.start();
            }
            crowd.awaitServed(PATIENCE);
            for (RealAgent agent : agents) {
                agent.awaitConnected();
            }
            // A round's length, so that the classes of a whole round are among those that are kept.
            Thread.sleep(Site.ROUND.toMillis() / 2);
            for (RealAgent agent : agents) {
                agent.running().stop();
            }
            site.collector().stop();
            site.javaOptions(Archives.using(archive));
            site.startCollector();
            for (RealAgent agent : agents) {
                agent.javaOptions(Archives.using(agentArchive));
                agent.start();
            }
        }

        void killCollector() throws Trouble, InterruptedException {
            crowd.awaitServed(PATIENCE);
            Thread.sleep(random.nextInt(MOST_DELAY_MILLIS));
            crowd.offer();
            site.collector().kill();
            crowd.awaitGone(PATIENCE);
            collectorKills++;
            int unacknowledged = crowd.inFlightAtEnd();
            if (unacknowledged > 0) {
                collectorMet++;
                onTheWay += unacknowledged;
            }
            journal.readOn();
            crowd.agents().forEach(agent -> journal.requireAcked(agent, account));
            site.startCollector();
        }

        void killAgent(int which) throws Trouble, InterruptedException {
            RealAgent agent = agents[which];
            agent.awaitConnected();
            relays[which].keepBack();
            Thread.sleep(UNHEARD_MILLIS + random.nextInt(MOST_DELAY_MILLIS));
            agent.running().kill();
            agentKills++;
            SpoolCounts counts = agent.look().counts();
            if (counts.pending() > 0) {
                agentMet++;
                onTheWay += counts.pending();
            }
            relays[which].letGo();
            agent.start();
        }

        /** Everything is delivered; then the books are held against each other. */
        void settle(int kills) throws Trouble, InterruptedException {
            crowd.awaitServed(PATIENCE);
            crowd.rest();
            for (BareAgent agent : crowd.agents()) {
                agent.awaitAcked(PATIENCE);
            }
            long observations = 0;
            for (RealAgent agent : agents) {
                agent.awaitConnected();
                observations += settled(agent);
            }
            crowd.close();
            site.collector().stop();
            journal.readOn();
            journal.requireOrder(account);
            for (BareAgent agent : crowd.agents()) {
                journal.requireAcked(agent, account);
                Map<Long, Integer> there = journal.of(agent.identity(), agent.incarnation());
                account.require(
                        there.equals(agent.sums()),
                        agent.identity() + " sent " + agent.offered() + " batches, and the journal has "
                                + there.size());
            }
            site.requireRebuildSame(account);
            account.require(
                    met() >= kills, "only " + met() + " kills met something on its way, " + kills + " were wanted");
            account.sent("kill -9 of the collector " + collectorKills + " times and of two agents " + agentKills
                    + " times, while " + CROWD + " bare agents sent " + crowd.offered() + " batches");
            account.happened(met() + " kills met batches on their way (" + onTheWay + " in all: " + collectorMet
                    + " of the collector, " + agentMet + " of agents)");
            account.happened("all " + crowd.acked() + " acknowledged batches and " + observations
                    + " observations of the two agents are in the journal once, " + journal.records()
                    + " records; the store is that of its journal");
        }

        /** Ends an agent in order and holds its books against the journal; gives what it measured. */
        private long settled(RealAgent agent) throws Trouble, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            RealAgent.Spooled spooled;
            do {
                // One that is told to end lets what it sent become durable; what it had no time for is sent at its next
                // start.
                agent.running().stop();
                spooled = agent.look();
                if (spooled.counts().pending() > 0) {
                    agent.start();
                    agent.awaitConnected();
                    Thread.sleep(500);
                }
            } while (spooled.counts().pending() > 0 && System.nanoTime() < deadline);
            SpoolCounts counts = spooled.counts();
            account.require(
                    List.of(
                                    counts.pending(),
                                    counts.dropped(),
                                    counts.refused(),
                                    counts.damaged(),
                                    counts.lost(),
                                    counts.unwritten(),
                                    counts.damagedFiles())
                            .stream()
                            .allMatch(count -> count == 0),
                    agent.identity() + " did not deliver everything: " + counts);
            journal.readOn();
            long journalled = new SpooledRecords(site.journal()).observations(agent.identity(), spooled.incarnation());
            account.require(
                    journalled == counts.spooled(),
                    agent.identity() + " had " + counts.spooled() + " observations on disk, and the journal has "
                            + journalled + " of them");
            return journalled;
        }
    }
}
