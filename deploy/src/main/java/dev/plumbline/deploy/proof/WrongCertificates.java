package dev.plumbline.deploy.proof;

import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Certificates that are no right of entry, and right ones that are used for what is another's. */
final class WrongCertificates implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "certificates";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Site site = house.site();
        Map<String, TlsMaterial> wrong = wrong(site.issuer());
        String honest = site.agent("srv", "honest").identity().toString();
        JournalCheck earlier = house.journal();
        long before = earlier.records() - earlier.records(honest);
        house.whileHonestIsServed(account, () -> {
            for (Map.Entry<String, TlsMaterial> entry : wrong.entrySet()) {
                try (BareAgent agent =
                        new BareAgent(ground.channels(), site.port(), entry.getValue(), Loopback.of(11)).once()) {
                    agent.connect();
                    agent.offer(Facts.batch(1, 1));
                    Status end = agent.awaitEnd(PATIENCE);
                    account.require(
                            !end.isOk() && agent.acked() == 0 && !agent.isWelcome(),
                            "a certificate that is " + entry.getKey() + " was let in: " + end);
                }
            }
            agentAsksWhatIsForPeople(ground, site, account);
        });
        JournalCheck journal = house.journal();
        account.require(
                journal.records() - journal.records(honest) <= before,
                "something that a wrong certificate sent is in the journal");
        account.sent("certificates that are " + String.join("; ", wrong.keySet())
                + "; an agent's that asks what is for operators");
        account.happened("all were refused, and none of their batches is in the journal");
        return account.outcome();
    }

    private static Map<String, TlsMaterial> wrong(Issuer issuer) {
        Instant now = Instant.now();
        Map<String, TlsMaterial> wrong = new LinkedHashMap<>();
        wrong.put("expired", issuer.agentAt("wifi", "wrong", now.minus(Duration.ofDays(8))));
        wrong.put("not valid yet", issuer.agentAt("wifi", "wrong", now.plus(Duration.ofDays(1))));
        wrong.put(
                "another authority's of the same names",
                Issuer.impostorOf(issuer).agent("wifi", "wrong"));
        wrong.put("another site's", issuer.named("spiffe://" + Site.DOMAIN + "/site/other/segment/wifi/agent/wrong"));
        wrong.put("another domain's", issuer.named("spiffe://other.example/site/proof/segment/wifi/agent/wrong"));
        wrong.put("of a segment that is not declared", issuer.agent("elsewhere", "wrong"));
        wrong.put("an operator's", issuer.operator("wrong"));
        wrong.put("without a name", issuer.named());
        wrong.put(
                "of two names",
                issuer.named(
                        "spiffe://" + Site.DOMAIN + "/site/proof/segment/wifi/agent/wrong",
                        "spiffe://" + Site.DOMAIN + "/site/proof/operator/admin"));
        return wrong;
    }

    private static void agentAsksWhatIsForPeople(Ground ground, Site site, Account account) {
        ManagedChannel channel = ground.channels().open(site.port(), site.agent("wifi", "curious"), Loopback.of(12));
        try {
            refused(
                    account,
                    "the segments",
                    () -> QueryServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .listSegments(ListSegmentsRequest.getDefaultInstance()));
            refused(
                    account,
                    "the agents",
                    () -> AdministrationGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .listAgents(ListAgentsRequest.getDefaultInstance()));
        } finally {
            Channels.cut(channel);
        }
    }

    private static void refused(Account account, String what, Runnable question) {
        try {
            question.run();
            account.require(false, "an agent was told " + what);
        } catch (StatusRuntimeException e) {
            account.require(
                    e.getStatus().getCode() == Status.Code.PERMISSION_DENIED,
                    "an agent that asked for " + what + " heard " + e.getStatus());
        }
    }
}
