package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data folders that may not be written: neither program begins by halves, and each says why. */
final class ReadOnlyFolder implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nobody's number wherever Linux follows the usual table. */
    private static final String NOBODY = "65534";

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");

    @Override
    public String id() {
        return "read-only";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        String sent = "an agent and a collector whose data folders they may not write";
        boolean isRoot = System.getProperty("user.name", "").equals("root");
        Optional<String> hindrance = isRoot ? hindrance(ground) : Optional.empty();
        if (hindrance.isPresent()) {
            return Outcome.skipped(
                    sent,
                    "permissions do not bind root, and the programs cannot be started as user " + NOBODY + " ("
                            + hindrance.get()
                            + "); run it as another user, or with a product and a Java that others may read");
        }
        List<String> prefix = isRoot ? AS_NOBODY : List.of();
        Account account = new Account();
        account.sent(sent + (isRoot ? " (started as user " + NOBODY + ")" : " (mode r-xr-xr-x)"));
        Site site = ground.site("read-only");
        LoopbackNames names = ground.keep(LoopbackNames.open());
        RealAgent agent = RealAgent.equip(ground, site, "reader", site.port(), names, "");
        collector(site, prefix, account);
        agent(agent, site, prefix, account);
        account.happened(
                "neither began: exit code 2 and a sentence that names the folder; both ran when they could write it,"
                        + " and what was measured came (a disk that turns read-only: FullDiskTest)");
        return account.outcome();
    }

    /** Why nobody cannot do what the row asks of it: each program is started as nobody once, from the proof's folder. */
    private static Optional<String> hindrance(Ground ground) throws InterruptedException {
        for (String program : List.of("plumbline-collector", "plumbline-agent")) {
            List<String> command = new ArrayList<>(AS_NOBODY);
            command.addAll(List.of(
                    "sh",
                    "-c",
                    "cd \"$0\" && exec \"$@\"",
                    ground.root().toString(),
                    ground.programs().path(program),
                    "--version"));
            try {
                Programs.Ran ran = ground.programs().runCommand(ground.root(), Map.of(), command);
                if (ran.exitCode() != 0) {
                    return Optional.of(program + " --version ended with " + ran.exitCode() + ": " + ran.words());
                }
            } catch (Trouble noSuchProgram) {
                return Optional.of(String.valueOf(noSuchProgram.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static void collector(Site site, List<String> prefix, Account account)
            throws Trouble, InterruptedException {
        Path data = site.folder().resolve("data");
        try {
            Files.createDirectories(data);
            for (String kept : List.of("collector.key", "ca.key", "administrator.token.sha256")) {
                Files.setPosixFilePermissions(
                        site.folder().resolve("pki").resolve(kept), PosixFilePermissions.fromString("r--r--r--"));
            }
        } catch (IOException e) {
            throw new Trouble(site.folder() + " cannot be written", e);
        }
        mode(data, "r-xr-xr-x");
        refused(site.launchCollector(prefix), "collector", data, account);
        mode(data, "rwxrwxrwx");
        site.startCollector(prefix);
    }

    private static void agent(RealAgent agent, Site site, List<String> prefix, Account account)
            throws Trouble, InterruptedException {
        mode(agent.data(), "r-xr-xr-x");
        refused(agent.start(prefix), "agent", agent.data(), account);
        mode(agent.data(), "rwxrwxrwx");
        agent.start(prefix);
        agent.awaitConnected();
        JournalCheck journal = new JournalCheck(site.journal());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (journal.records(agent.identity()) == 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            journal.readOn();
        }
        account.require(
                journal.records(agent.identity()) > 0, "nothing was delivered after the folder could be written");
        agent.running().stop();
        site.collector().stop();
    }

    private static void refused(Daemon program, String name, Path data, Account account)
            throws Trouble, InterruptedException {
        int code = program.await(PATIENCE);
        account.require(
                code == 2 && program.log().contains("data: " + data + " cannot be used"),
                "the " + name + " ended with " + code + " and the words " + program.lastWords());
    }

    private static void mode(Path folder, String mode) throws Trouble {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new Trouble("the mode of " + folder + " cannot be set", e);
        }
    }
}
