package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.v1.Evidence;
import dev.plumbline.wire.BatchCodec;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Names that lead out of their folder, wherever somebody else gives a name: none is taken, and no such file comes to be. */
final class PathTraversal implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "path-traversal";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Site site = house.site();
        // Of this run alone, so that whatever has this name afterwards came of it.
        String mark = "evil-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        List<String> names = List.of("../../" + mark, "/tmp/" + mark, "..\\..\\" + mark);
        house.whileHonestIsServed(account, () -> {
            new StrangeNames(ground, house).send(names, account);
            String name = names.get(0);
            refused(site.plumbline("invite", "--segment", name), "an invitation to a segment of that name", account);
            refused(
                    site.plumbline("invite", "--segment", "wifi", "--agent", name),
                    "an invitation of an agent of that name",
                    account);
            refused(issue(ground, site, "--segment", "wifi", "--agent", name), "an agent of that name", account);
            refused(issue(ground, site, "--segment", name, "--agent", "a"), "a segment of that name", account);
            issue(ground, site, "--segment", "wifi", "--agent", "a")
                    .expecting(0, "what was refused, with names that are some,");
            refused(
                    ground.programs()
                            .run(
                                    site.folder(),
                                    Map.of(),
                                    "plumbline-agent",
                                    List.of("join", house.invitations().usual(), "--dir", "climber", "--name", name)),
                    "a host of that name",
                    account);
            certificates(ground, house, mark, account);
            batches(house, name, account);
            backup(site, mark, account);
        });
        List<Path> found = new ArrayList<>(house.filesNamed(mark));
        for (Path outside : List.of(
                Path.of("/tmp"), ground.root().resolveSibling(""), site.folder().resolve("../.."))) {
            if (Files.exists(outside.resolve(mark))) {
                found.add(outside.resolve(mark));
            }
        }
        account.require(found.isEmpty(), "there are files of that name: " + found);
        account.sent(
                "'../../evil' and its like as name of a segment, an agent, a host, in a certificate, as target, plan and"
                        + " kind of evidence, and in the manifest of a backup that is whole but for that");
        account.happened(
                "all were refused, or are text in a database; no file of that name came to be; the backup was put"
                        + " back when its manifest was right again");
        return account.outcome();
    }

    private static Programs.Ran issue(Ground ground, Site site, String... words) throws Trouble, InterruptedException {
        List<String> all = new ArrayList<>(List.of("issue", "--dir", "pki", "--out", "issued"));
        all.addAll(List.of(words));
        return ground.programs().run(site.folder(), Map.of(), "plumbline-collector", all);
    }

    private static void refused(Programs.Ran ran, String what, Account account) {
        account.require(
                ran.exitCode() == 2, what + " was not refused: exit code " + ran.exitCode() + ", " + ran.words());
    }

    private static void certificates(Ground ground, House house, String mark, Account account)
            throws Trouble, InterruptedException {
        Site site = house.site();
        for (String path :
                List.of("segment/wifi/agent/..", "segment/../agent/" + mark, "segment/wifi/agent/..%2f" + mark)) {
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

    private static void batches(House house, String name, Account account) throws Trouble, InterruptedException {
        Evidence evidence = BatchCodec.encode(dev.plumbline.words.Evidence.body(new byte[] {7}));
        Batch.Builder wrongTarget = Facts.batch(1, 1);
        wrongTarget.getObservationsBuilder(0).setTargetId(name);
        Batch.Builder wrongHash = Facts.batch(1, 1)
                .addEvidence(evidence.toBuilder().setContent(com.google.protobuf.ByteString.copyFromUtf8(name)));
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
                    .setPlanHash(name)
                    .addEvidence(evidence.toBuilder().setKind(name)));
            // Text in a database, which names no file: taken or refused, both are right, and one of them it must be.
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (agent.waiting() > 0 && agent.ended().isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            account.require(
                    agent.waiting() == 0 || agent.ended().isPresent(),
                    "a batch with such a plan and kind of evidence was neither acknowledged nor refused");
        }
    }

    /**
     * A backup is put back into a folder that no collector holds. Where the manifest's name leads to lies the file that it speaks of,
     * whole: who followed the name would get through with it, and the same backup is put back when the name is right.
     */
    private static void backup(Site site, String mark, Account account) throws Trouble, InterruptedException {
        String backup = "backups/taken";
        site.administer("backup", "--to", backup).expecting(0, "plumbline-collector backup");
        Path taken = site.folder().resolve(backup);
        Path manifest = taken.resolve("manifest.json");
        Path data = site.folder().resolve("restored");
        Path decoy = taken.resolveSibling(mark + ".db");
        try {
            Files.writeString(
                    site.folder().resolve("restored.yaml"),
                    Files.readString(site.folder().resolve("collector.yaml")).replace("data: data", "data: restored"));
            String right = Files.readString(manifest);
            String wrong = right.replace("\"journal.db\"", "\"../" + mark + ".db\"");
            account.require(!wrong.equals(right), "the backup's manifest names no journal.db");
            Files.copy(taken.resolve("journal.db"), decoy);
            Files.writeString(manifest, wrong);
            Programs.Ran restored = restore(site, backup);
            refused(restored, "a backup whose manifest leads out", account);
            account.require(
                    restored.words().contains("is no name of a database"),
                    "a backup whose manifest leads out was refused for another reason: " + restored.words());
            account.require(
                    !Files.exists(data.resolveSibling(mark + ".db")), "a file came to be where the manifest leads to");
            account.require(!holdsDatabase(data), "something of a backup that was refused was put back");
            Files.delete(decoy);
            Files.writeString(manifest, right);
            restore(site, backup).expecting(0, "putting the right backup back");
            account.require(holdsDatabase(data), "nothing of the right backup was put back");
        } catch (IOException e) {
            throw new Trouble("the backup's manifest cannot be changed", e);
        }
    }

    private static Programs.Ran restore(Site site, String backup) throws Trouble, InterruptedException {
        return site.administer("restored.yaml", "restore", List.of("--from", backup, "--replace"));
    }

    private static boolean holdsDatabase(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().contains(".db"));
        }
    }
}
