package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A collector that stands through all hostile rows, and an honest agent whose batches must be acknowledged whatever is done to it. */
final class House {
    private static final Duration MOST_WAIT = Duration.ofSeconds(30);
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Pattern BEGINS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (ERROR|WARN|INFO|DEBUG) ");

    private final Ground ground;
    private final Site site;
    private final Honest honest;
    private final Invitations invitations;

    private House(Ground ground, Site site, Honest honest, Invitations invitations) {
        this.ground = ground;
        this.site = site;
        this.honest = honest;
        this.invitations = invitations;
    }

    static House build(Ground ground) throws Trouble, InterruptedException {
        Site site = ground.site("house");
        site.startCollector();
        Honest honest = ground.keep(Honest.begin(ground, site));
        honest.await(1, TO_START);
        return new House(ground, site, honest, Invitations.ask(site));
    }

    Site site() {
        return site;
    }

    /** Tokens that were asked for when the house was built, so that their time runs while other rows are tried. */
    Invitations invitations() {
        return invitations;
    }

    /** What a row does to the collector. */
    interface Attack {
        void play() throws Trouble, InterruptedException;
    }

    /** Plays it and notes whether the honest agent was served meanwhile, and that the collector said nothing of an exception. */
    void whileHonestIsServed(Account account, Attack attack) throws Trouble, InterruptedException {
        int logBefore = site.log().length();
        long before = honest.agent().acked();
        honest.agent().takeLongestWait();
        int streams = honest.agent().streams();
        attack.play();
        // Everything that it offered while the attack lasted.
        honest.await(honest.agent().offered() + 1, MOST_WAIT);
        Duration longest = honest.agent().takeLongestWait();
        account.happened("meanwhile an honest agent had " + (honest.agent().acked() - before)
                + " batches acknowledged, the slowest after " + longest.toMillis() + " ms");
        account.require(
                honest.agent().streams() == streams,
                "the honest agent lost its stream " + (honest.agent().streams() - streams) + " times");
        account.require(longest.compareTo(MOST_WAIT) < 0, "an honest batch waited for " + longest.toSeconds() + " s");
        account.require(
                site.collector().isAlive(),
                "the collector has ended: " + site.collector().lastWords());
        String said = site.log().substring(logBefore);
        unexpected(said).ifPresent(line -> account.require(false, "the collector logged: " + line));
    }

    /** A line that tells of a defect of the program's own: an error, or the class of something that was thrown. */
    private static Optional<String> unexpected(String log) {
        return log.lines()
                .filter(line -> line.contains("Z ERROR ")
                        || line.startsWith("\tat ")
                        || line.startsWith("Caused by: ")
                        || (!BEGINS.matcher(line).lookingAt() && line.contains("Exception")))
                .findFirst();
    }

    /** Lines that do not begin as the program begins its own. */
    static List<String> forged(String log) {
        return log.lines().filter(line -> !BEGINS.matcher(line).lookingAt()).toList();
    }

    /** Notes each database of the site that is not whole, or whose tables are not those of before. */
    void requireTables(List<String> before, Account account) throws Trouble {
        List<String> now = tables();
        account.require(now.equals(before), "the databases' tables changed from " + before + " to " + now);
    }

    /** Each database, each table of it, and what SQLite's own check says. */
    List<String> tables() throws Trouble {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(site.folder().resolve("data"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".db")).sorted().toList()) {
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                        Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA query_only=ON");
                    statement.execute("PRAGMA busy_timeout=5000");
                    names.add(file.getFileName() + ": " + all(statement, "SELECT name FROM sqlite_schema ORDER BY name")
                            + " " + all(statement, "PRAGMA quick_check"));
                }
            }
        } catch (IOException | SQLException e) {
            throw new Trouble("the collector's databases cannot be read", e);
        }
        return names;
    }

    private static String all(Statement statement, String sql) throws SQLException {
        StringBuilder names = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.append(rows.getString(1)).append(' ');
            }
        }
        return names.toString().strip();
    }

    /** Reads the whole journal. */
    JournalCheck journal() throws Trouble {
        JournalCheck check = new JournalCheck(site.journal());
        check.readOn();
        return check;
    }

    /** An agent of the site that nobody else is, and that stays away when its stream ends. */
    BareAgent stranger(String name) {
        return ground.keep(
                new BareAgent(ground.channels(), site.port(), site.agent("wifi", name), Loopback.of(7)).once());
    }

    /** Every file below the proof's folder whose name has a part of these words. */
    List<Path> filesNamed(String... parts) throws Trouble {
        try (Stream<Path> files = Files.walk(ground.root())) {
            return files.filter(file -> Arrays.stream(parts)
                            .anyMatch(part -> String.valueOf(file.getFileName()).contains(part)))
                    .toList();
        } catch (IOException e) {
            throw new Trouble("the proof's folder cannot be read", e);
        }
    }
}
