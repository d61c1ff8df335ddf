package dev.plumbline.deploy.proof;

import java.util.List;

/** What is tried, in this order. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        return List.of(
                new KillLoop(),
                new OutageReplay(),
                new FullJournal(),
                new FullSpool(),
                new SpoolQuota(),
                new ReadOnlyFolder(),
                new ReconnectStorm(),
                new Strangers(),
                new SlowLoris(),
                new OversizedMessages(),
                new MalformedMessages(),
                new ReplayedBatches(),
                new WrongCertificates(),
                new RevokedAgent(),
                new ClonedKey(),
                new Injection(),
                new PathTraversal(),
                new JoinTokens());
    }
}
