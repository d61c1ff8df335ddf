package dev.plumbline.deploy.proof;

import io.grpc.Status;
import java.time.Duration;

/** {@code plumbline revoke}: the stream ends at once, and the certificate opens nothing more, not after a start anew either. */
final class RevokedAgent implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "revoked";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        Site site = ground.site("revoked");
        site.startCollector();
        BareAgent agent = ground.keep(
                new BareAgent(ground.channels(), site.port(), site.agent("wifi", "stolen"), Loopback.home()).once());
        agent.connect();
        agent.offer(Facts.batch(1, 1));
        agent.awaitAcked(PATIENCE);
        Programs.Ran revoked = site.plumbline("revoke", "wifi/stolen", "--because", "stolen laptop");
        revoked.expecting(0, "plumbline revoke");
        Status end = agent.awaitEnd(Duration.ofSeconds(2));
        account.require(revoked.out().contains("connections ended: 1"), "plumbline revoke said " + revoked.words());
        account.require(!end.isOk(), "the stream of a revoked agent ended with " + end);
        refused(agent, "a revoked agent came back", account);
        site.collector().kill();
        site.startCollector();
        refused(agent, "a revoked agent came back after a kill of the collector", account);
        String agents = site.plumbline("agents").out();
        account.require(agents.contains("REVOKED"), "plumbline agents does not show it: " + agents);
        account.sent(
                "plumbline revoke of an agent that streams; its certificate again, and after kill -9 of the collector");
        account.happened("its stream ended at once ('" + end.getDescription() + "'), every later one was refused");
        return account.outcome();
    }

    private static void refused(BareAgent agent, String otherwise, Account account)
            throws Trouble, InterruptedException {
        long acked = agent.acked();
        agent.connect();
        agent.offer(Facts.batch(2, 1));
        Status end = agent.awaitEnd(PATIENCE);
        account.require(!end.isOk() && agent.acked() == acked, otherwise + ": " + end);
    }
}
