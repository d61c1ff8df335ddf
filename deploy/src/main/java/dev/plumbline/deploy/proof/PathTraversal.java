package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.v1.Evidence;
import dev.plumbline.wire.BatchCodec;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Names that lead out of their folder, wherever somebody else gives a name: none is taken, and no such file comes to be. */
final class PathTraversal implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MARK = "evil";
    private static final List<String> NAMES = List.of("../../" + MARK, "/tmp/" + MARK, "..\\..\\" + MARK);

    @Override
    public String id() {
        return "path-traversal";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Site site = house.site();
        boolean wasThere = Files.exists(Path.of("/tmp", MARK));
        house.whileHonestIsServed(account, () -> {
            new StrangeNames(ground, house).send(NAMES, account);
            String name = NAMES.get(0);
            refused(site.plumbline("invite", "--segment", name), "an invitation to a segment of that name", account);
            refused(
                    site.plumbline("invite", "--segment", "wifi", "--agent", name),
                    "an invitation of an agent of that name",
                    account);
            refused(issue(ground, site, "--segment", "wifi", "--agent", name), "an agent of that name", account);
            refused(issue(ground, site, "--segment", name, "--agent", "a"), "a segment of that name", account);
            refused(
                    ground.programs()
                            .run(
                                    site.folder(),
                                    Map.of(),
                                    "plumbline-agent",
                                    List.of("join", house.invitations().usual(), "--dir", "climber", "--name", name)),
                    "a host of that name",
                    account);
            certificates(ground, house, account);
            batches(house, account);
            backup(site, account);
        });
        List<Path> found = house.filesNamed(MARK);
        account.require(found.isEmpty(), "there are files of that name: " + found);
        account.require(wasThere || !Files.exists(Path.of("/tmp", MARK)), "there is /tmp/" + MARK);
        account.sent("'../../" + MARK
                + "' and its like as name of a segment, an agent, a host, in a certificate, as target, plan and"
                + " kind of evidence, and in a backup's manifest");
        account.happened("all were refused, or are text in a database; no file of that name came to be");
        return account.outcome();
    }

    private static Programs.Ran issue(Ground ground, Site site, String... words) throws Trouble, InterruptedException {
        java.util.ArrayList<String> all =
                new java.util.ArrayList<>(List.of("issue", "--dir", "pki", "--out", "issued"));
        all.addAll(List.of(words));
        return ground.programs().run(site.folder(), Map.of(), "plumbline-collector", all);
    }

    private static void refused(Programs.Ran ran, String what, Account account) {
        account.require(
                ran.exitCode() == 2, what + " was not refused: exit code " + ran.exitCode() + ", " + ran.words());
    }

    private static void certificates(Ground ground, House house, Account account) throws Trouble, InterruptedException {
        Site site = house.site();
        for (String path :
                List.of("segment/wifi/agent/..", "segment/../agent/" + MARK, "segment/wifi/agent/..%2f" + MARK)) {
            try (BareAgent agent = new BareAgent(
                            ground.channels(),
                            site.port(),
                            site.issuer().named("spiffe://" + Site.DOMAIN + "/site/" + Site.ID + "/" + path),
                            Loopback.of(17))
                    .once()) {
                agent.connect();
                Status end = agent.awaitEnd(PATIENCE);
                account.require(!end.isOk() && !agent.isWelcome(), "a certificate of " + path + " was let in: " + end);
            }
        }
    }

    private static void batches(House house, Account account) throws Trouble, InterruptedException {
        Evidence evidence = BatchCodec.encode(dev.plumbline.words.Evidence.body(new byte[] {7}));
        Batch.Builder wrongTarget = Facts.batch(1, 1);
        wrongTarget.getObservationsBuilder(0).setTargetId(NAMES.get(0));
        Batch.Builder wrongHash = Facts.batch(1, 1)
                .addEvidence(
                        evidence.toBuilder().setContent(com.google.protobuf.ByteString.copyFromUtf8(NAMES.get(0))));
        for (Batch.Builder batch : List.of(wrongTarget, wrongHash)) {
            try (BareAgent agent = house.stranger("climber")) {
                agent.connect();
                agent.offer(batch);
                Status end = agent.awaitEnd(PATIENCE);
                account.require(
                        end.getCode() == Status.Code.INVALID_ARGUMENT, "a batch with a wrong name ended with " + end);
            }
        }
        try (BareAgent agent = house.stranger("climber")) {
            agent.connect();
            agent.offer(Facts.batch(1, 1)
                    .setPlanHash(NAMES.get(0))
                    .addEvidence(evidence.toBuilder().setKind(NAMES.get(0))));
            // Text in a database, which names no file: taken or refused, both are right.
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (agent.waiting() > 0 && agent.ended().isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
        }
    }

    private static void backup(Site site, Account account) throws Trouble, InterruptedException {
        site.administer("backup", "--to", "taken").expecting(0, "plumbline-collector backup");
        Path manifest = site.folder().resolve("taken").resolve("manifest.json");
        try {
            String right = Files.readString(manifest);
            Files.writeString(manifest, right.replace("\"journal.db\"", "\"../" + MARK + ".db\""));
        } catch (IOException e) {
            throw new Trouble("the backup's manifest cannot be changed", e);
        }
        refused(
                site.administer("restore", "--from", "taken", "--replace"),
                "a backup whose manifest leads out",
                account);
    }
}
