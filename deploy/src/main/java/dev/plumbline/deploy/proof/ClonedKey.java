package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import java.time.Duration;

/** One key on two hosts: both are served and shown, and what either sends is its own. */
final class ClonedKey implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "cloned";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Site site = house.site();
        TlsMaterial key = site.agent("wifi", "twice");
        house.whileHonestIsServed(account, () -> {
            try (BareAgent one = new BareAgent(ground.channels(), site.port(), key, Loopback.of(13)).once();
                    BareAgent two = new BareAgent(ground.channels(), site.port(), key, Loopback.of(14)).once()) {
                one.connect();
                one.offer(Facts.batch(1, 1));
                one.awaitAcked(PATIENCE);
                two.connect();
                // Each is heard after the other has come.
                for (int i = 0; i < 2; i++) {
                    two.offer(Facts.batch(2, 1));
                    two.awaitAcked(PATIENCE);
                    one.offer(Facts.batch(3, 1));
                    one.awaitAcked(PATIENCE);
                }
                String agents = site.plumbline("agents").out();
                account.require(agents.contains("CLONED"), "plumbline agents does not show it: " + agents);
                account.require(
                        agents.contains(Loopback.of(13).getHostAddress())
                                && agents.contains(Loopback.of(14).getHostAddress()),
                        "plumbline agents does not show both addresses");
                JournalCheck journal = house.journal();
                journal.requireAcked(one, account);
                journal.requireAcked(two, account);
            }
            String audit = site.plumbline("audit").out();
            account.require(audit.contains("SECOND_STREAM"), "plumbline audit does not tell of it");
        });
        account.sent("batches of one certificate from two hosts at once");
        account.happened("both were acknowledged, each with its own sequence; plumbline agents shows CLONED with both"
                + " addresses, plumbline audit SECOND_STREAM");
        return account.outcome();
    }
}
