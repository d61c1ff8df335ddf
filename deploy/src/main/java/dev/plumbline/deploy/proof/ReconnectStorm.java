package dev.plumbline.deploy.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All agents of a large site lose their collector at once and come back at once. */
final class ReconnectStorm implements Row {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "reconnect-storm";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        int size = ground.size().of(1_000, 100);
        Site site = ground.site("storm");
        site.startCollector();
        List<BareAgent> agents = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            agents.add(ground.keep(
                    new BareAgent(ground.channels(), site.port(), site.agent("wifi", "storm-" + i), Loopback.of(i))));
        }
        long came = System.nanoTime();
        agents.forEach(BareAgent::connect);
        long number = offered(agents, 0);
        awaitAll(agents);
        double first = seconds(came);
        site.collector().kill();
        // While it is away each measures on.
        number = offered(agents, number);
        long again = System.nanoTime();
        site.startCollector();
        awaitAll(agents);
        double second = seconds(again);
        int streams = agents.stream().mapToInt(BareAgent::streams).max().orElse(0);
        account.require(
                site.collector().isAlive(),
                "the collector has ended: " + site.collector().lastWords());
        agents.forEach(BareAgent::close);
        site.collector().stop();
        JournalCheck journal = new JournalCheck(site.journal());
        journal.readOn();
        journal.requireOrder(account);
        agents.forEach(agent -> journal.requireAcked(agent, account));
        account.require(
                journal.records() == number,
                number + " batches were acknowledged, and the journal has " + journal.records());
        account.sent(size + " agents of as many addresses at once; kill -9 of the collector; all of them back at once");
        account.happened(String.format(
                java.util.Locale.ROOT,
                "every one had a batch acknowledged within %.1f s of the first coming and %.1f s of the collector's start, %d"
                        + " streams at most; all %d batches are in the journal once",
                first,
                second,
                streams,
                number));
        return account.outcome();
    }

    private static long offered(List<BareAgent> agents, long number) {
        long next = number;
        for (BareAgent agent : agents) {
            agent.offer(Facts.batch(++next, 1));
        }
        return next;
    }

    private static void awaitAll(List<BareAgent> agents) throws Trouble, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (agents.stream().anyMatch(agent -> agent.waiting() > 0)) {
            if (System.nanoTime() > deadline) {
                throw new Trouble(
                        agents.stream().filter(agent -> agent.waiting() > 0).count() + " of " + agents.size()
                                + " agents still wait after " + PATIENCE.toSeconds()
                                + " s; the last words to one were '"
                                + agents.get(0).lastRefusal() + "'");
            }
            Thread.sleep(20);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
