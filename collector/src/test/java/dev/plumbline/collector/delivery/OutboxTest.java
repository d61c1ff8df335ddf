package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.delivery.OneReceiver.NAME;
import static dev.plumbline.collector.delivery.OneReceiver.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.alert.AlertJson;
import dev.plumbline.collector.alert.Causes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver takes to be open is what reached it, whatever was meant to. */
final class OutboxTest {
    @TempDir
    Path folder;

    private OneReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new OneReceiver(folder.resolve("outbox.db"));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private void openAndDeliver() {
        receiver.put(Causes.open("i1"));
        assertThat(receiver.look(0)).containsExactly("opened");
        receiver.end(Delivery.State.DELIVERED, 1);
        assertThat(receiver.outbox.told(NAME)).isEqualTo(1);
    }

    @Test
    void anOpeningThatWasGivenUpIsToldAgainAsLongAsItIsThere() {
        receiver.put(Causes.open("i1")).look(0);
        String first = receiver.next().alert().id();
        receiver.end(Delivery.State.GAVE_UP, 60);
        assertThat(receiver.outbox.told(NAME)).isZero();
        assertThat(receiver.look(61)).containsExactly("opened");
        assertThat(receiver.next().alert().id()).isNotEqualTo(first);
        receiver.end(Delivery.State.GAVE_UP, 120);
        assertThat(receiver.close("i1", 121).look(122))
                .as("it was never heard of: its end is no news")
                .isEmpty();
    }

    @Test
    void anOpeningThatWasRefusedIsToldAgainOnceAnHour() {
        receiver.put(Causes.open("i1")).look(0);
        receiver.end(Delivery.State.REFUSED, 1);
        assertThat(receiver.look(60)).isEmpty();
        assertThat(receiver.look(61)).containsExactly("opened");
        receiver.end(Delivery.State.REFUSED, 62);
        assertThat(receiver.look(121)).isEmpty();
        assertThat(receiver.close("i1", 125).look(126)).isEmpty();
        assertThat(receiver.outbox.memory(NAME).told())
                .as("nothing is left of it")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GAVE_UP, 31, 32", "REFUSED, 90, 91"})
    void anEndIsToldUntilTheReceiverHeardIt(Delivery.State state, int notYet, int again) {
        openAndDeliver();
        assertThat(receiver.close("i1", 29).look(30)).containsExactly("resolved");
        String first = receiver.next().alert().id();
        assertThat(receiver.look(31)).as("it waits").isEmpty();
        receiver.end(state, 31);
        assertThat(receiver.outbox.told(NAME)).as("it takes it to be open").isEqualTo(1);
        if (state == Delivery.State.REFUSED) {
            assertThat(receiver.look(notYet)).isEmpty();
        }
        assertThat(receiver.look(again)).containsExactly("resolved");
        assertThat(receiver.next().alert().id()).isNotEqualTo(first);
        receiver.end(Delivery.State.DELIVERED, again);
        assertThat(receiver.outbox.told(NAME)).isZero();
        assertThat(receiver.look(600)).isEmpty();
    }

    @Test
    void whatCameBackWhileItsEndWaitedIsOpenWhateverBecomesOfThat() {
        openAndDeliver();
        receiver.close("i1", 10).look(11);
        receiver.put(Causes.back(Causes.closed(Causes.open("i1"), at(10)), at(20)));
        assertThat(receiver.look(21)).containsExactly("opened");
        receiver.end(Delivery.State.GAVE_UP, 22);
        receiver.end(Delivery.State.GAVE_UP, 23);
        assertThat(receiver.outbox.told(NAME)).isEqualTo(1);
        assertThat(receiver.look(24)).as("it takes it to be open, and it is").isEmpty();
        assertThat(receiver.close("i1", 25).look(26)).containsExactly("resolved");
    }

    @Test
    void whatCameBackAfterItsEndWasDeliveredIsUnheardUntilThatIs() {
        openAndDeliver();
        receiver.close("i1", 10).look(11);
        receiver.put(Causes.back(Causes.closed(Causes.open("i1"), at(10)), at(20)));
        receiver.look(21);
        receiver.end(Delivery.State.DELIVERED, 22);
        assertThat(receiver.outbox.told(NAME)).isZero();
        receiver.end(Delivery.State.GAVE_UP, 23);
        assertThat(receiver.look(24)).containsExactly("opened");
        receiver.end(Delivery.State.DELIVERED, 25);
        assertThat(receiver.outbox.told(NAME)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GAVE_UP", "REFUSED"})
    void theEndOfWhatWasNotHeardOfIsNotSent(Delivery.State state) {
        receiver.put(Causes.open("i1")).look(0);
        receiver.outbox.postpone(receiver.next(), at(5), "nobody there");
        assertThat(receiver.close("i1", 2).look(3)).containsExactly("resolved");
        receiver.end(state, 10);
        assertThat(receiver.list()).containsExactly("resolved GAVE_UP", "opened " + state);
        assertThat(receiver.look(600)).isEmpty();
        assertThat(receiver.outbox.memory(NAME).told()).isEmpty();
    }

    @Test
    void aChangeThatDidNotArriveIsToldAsAChangeFromWhatDid() {
        openAndDeliver();
        receiver.put(Causes.with(Causes.open("i1"), Causes.finding("wifi", "tcp.drop", "tcp/443")));
        assertThat(receiver.look(20)).containsExactly("changed");
        receiver.end(Delivery.State.REFUSED, 21);
        assertThat(receiver.look(80)).isEmpty();
        assertThat(receiver.look(81)).containsExactly("changed");
        assertThat(receiver.next().alert().said()).isEqualTo("Its scope moved from tcp/5223 to tcp/443.");
        receiver.end(Delivery.State.GAVE_UP, 82);
        assertThat(receiver.look(97)).containsExactly("changed");
        receiver.end(Delivery.State.DELIVERED, 98);
        assertThat(receiver.look(600)).isEmpty();
    }

    @Test
    void whatWasNeverTriedIsWithdrawnWithItsEnd() {
        receiver.put(Causes.open("i1")).look(0);
        assertThat(receiver.outbox.withdraw(receiver.next(), at(1)))
                .as("it is there still")
                .isFalse();
        receiver.close("i1", 2).look(3);
        assertThat(receiver.outbox.withdraw(receiver.next(), at(4))).isTrue();
        assertThat(receiver.list()).containsExactly("resolved WITHDRAWN", "opened WITHDRAWN");
        assertThat(receiver.outbox.memory(NAME).told()).isEmpty();
        assertThat(receiver.look(600)).isEmpty();
    }

    @Test
    void whatWasTriedMayHaveArrivedAndIsSentWithItsEnd() {
        receiver.put(Causes.open("i1")).look(0);
        receiver.outbox.postpone(receiver.next(), at(1), "no answer came");
        receiver.close("i1", 2).look(3);
        assertThat(receiver.outbox.withdraw(receiver.next(), at(4))).isFalse();
        receiver.end(Delivery.State.DELIVERED, 5);
        assertThat(receiver.outbox.withdraw(receiver.next(), at(6))).isFalse();
        receiver.end(Delivery.State.DELIVERED, 7);
        assertThat(receiver.list()).containsExactly("resolved DELIVERED", "opened DELIVERED");
    }

    @Test
    void whoIsLeftOverHoldsUpNothingAndOfTheRestItIsHeard() {
        receiver.put(Causes.open("i1")).look(0);
        Delivery opening = receiver.next();
        receiver.outbox.partly(opening, List.of("kim@campus.example", "lee@campus.example"), at(5), "450 grey");
        assertThat(receiver.outbox.told(NAME)).isEqualTo(1);
        assertThat(receiver.next()).satisfies(d -> {
            assertThat(d.leftOver()).containsExactly("kim@campus.example", "lee@campus.example");
            assertThat(d.tries()).isEqualTo(1);
            assertThat(d.said()).isEqualTo("450 grey");
        });
        assertThat(receiver.close("i1", 2).look(3)).containsExactly("resolved");
        assertThat(receiver.next().alert().kind().word())
                .as("others hear of the end")
                .isEqualTo("resolved");
        receiver.end(Delivery.State.DELIVERED, 4);
        assertThat(receiver.outbox.told(NAME)).isZero();
        receiver.end(Delivery.State.GAVE_UP, 60);
        assertThat(receiver.list()).containsExactly("resolved DELIVERED", "opened GAVE_UP");
        assertThat(receiver.look(61)).isEmpty();
    }

    /** Numbers are used by what leaves no line, such as what Alertmanager is told again each minute. */
    @Test
    void linesAreKeptByTheirNumberOfLinesForEachReceiver() throws Exception {
        receiver.put(Causes.open("i1")).look(0);
        receiver.end(Delivery.State.REFUSED, 1);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE sqlite_sequence SET seq = seq + 5000 WHERE name = 'delivery'");
        }
        receiver.put(Causes.open("i2")).look(2);
        receiver.end(Delivery.State.DELIVERED, 3);
        assertThat(receiver.list()).containsExactly("opened DELIVERED", "opened REFUSED");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
                Statement statement = connection.createStatement()) {
            // A thousand lines of this receiver, and then some of another one.
            for (String name : List.of(NAME, "other")) {
                statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                        + " INSERT INTO delivery(id, receiver, incident, alert, made_at, state, tries, next_at, ended_at, said)"
                        + " SELECT '" + name + "-' || i, '" + name + "', 'i9', (SELECT alert FROM delivery LIMIT 1),"
                        + " d.made_at, 'DELIVERED', 1, 0, d.ended_at, '' FROM n, (SELECT * FROM delivery LIMIT 1) d");
            }
        }
        receiver.put(Causes.open("i3")).look(4);
        receiver.end(Delivery.State.DELIVERED, 5);
        assertThat(receiver.outbox.list(Optional.of(NAME), 2_000)).hasSize(1_000);
        assertThat(receiver.outbox.list(Optional.of("other"), 2_000)).hasSize(1_000);
    }

    /** What an earlier program had delivered was heard, what it had not is not known to be. */
    @Test
    void aFileOfTheFirstVersionIsTakenOver() throws Exception {
        Path file = folder.resolve("old.db");
        String alert = AlertJson.text(Causes.opened());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            String first = new String(
                    Objects.requireNonNull(Outbox.class.getResourceAsStream("V1__outbox.sql"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            for (String command : first.replaceAll("(?m)^--.*$", "").split(";", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
            for (String incident : List.of("i1", "i2")) {
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO told VALUES ('noc', '" + incident + "', ?, 0)")) {
                    insert.setString(1, alert);
                    insert.executeUpdate();
                }
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO delivery VALUES (1, 'msg_1', 'noc', 'i2', ?, 0, 'WAITING', 0, 0, NULL, '')")) {
                insert.setString(1, alert);
                insert.executeUpdate();
            }
        }
        try (Outbox outbox = Outbox.open(file)) {
            assertThat(outbox.told(NAME)).isEqualTo(1);
            assertThat(outbox.memory(NAME).untried()).containsExactly("i2");
            assertThat(outbox.waiting(NAME)).isEqualTo(1);
        }
    }
}
