package dev.plumbline.collector.delivery;

import static dev.plumbline.collector.alert.Causes.T0;
import static dev.plumbline.collector.delivery.OneReceiver.NAME;
import static dev.plumbline.collector.delivery.OneReceiver.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.Causes;
import dev.plumbline.collector.alert.QuietHours;
import dev.plumbline.collector.alert.Reception;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When messages of a real outbox are sent, step by step: the time stands still where nobody moves it. */
final class CarrierTest {
    private static final Reception ALWAYS = new Reception(Settings.ALL, List.of(), Optional.empty());
    private static final QuietHours NIGHT =
            new QuietHours(ZoneId.of("UTC"), LocalTime.of(22, 0), LocalTime.of(7, 0), EnumSet.allOf(DayOfWeek.class));
    private static final Instant OF_THE_HOST = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final SetClock siteTime = SetClock.at(T0);
    private final Deque<Supplier<Outcome>> answers = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private OneReceiver receiver;
    private Carrier carrier;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** Answers as it is told, in order, and takes all that follows. */
    private final class Scripted implements Sender {
        @Override
        public Outcome send(Alert alert, Instant at) {
            assertThat(at).as("receivers compare it with their own clocks").isEqualTo(OF_THE_HOST);
            sent.add(alert.kind().word() + " " + alert.finding());
            return answers.isEmpty()
                    ? Outcome.delivered("taken")
                    : answers.removeFirst().get();
        }

        @Override
        public Outcome sendTo(List<String> leftOver, Alert alert, Instant at) {
            sent.add(String.join(" ", leftOver));
            return send(alert, at);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        receiver = new OneReceiver(folder.resolve("outbox.db"), ALWAYS);
        opened.add(receiver);
        carrier = carrier(receiver);
    }

    /** In the place of the receiver that is told always. */
    private void open(Reception reception) throws Exception {
        receiver = new OneReceiver(folder.resolve("other.db"), reception);
        opened.add(receiver);
        carrier = carrier(receiver);
    }

    private Carrier carrier(OneReceiver one) {
        return new Carrier(
                one.settings,
                new Scripted(),
                one.outbox,
                Duration.ofHours(2),
                new Clocks(siteTime, SetClock.at(OF_THE_HOST)),
                () -> 1.0);
    }

    private void answering(Outcome... next) {
        for (Outcome outcome : next) {
            answers.add(() -> outcome);
        }
    }

    /** Steps until there is nothing to do, and gives for how long. */
    private Duration steps() throws Exception {
        for (int i = 0; i < 100; i++) {
            Duration rest = carrier.step();
            if (!rest.isZero()) {
                return rest;
            }
        }
        throw new AssertionError("a hundred messages were tried without a pause: " + sent);
    }

    private void openCauses(String... incidents) {
        for (String incident : incidents) {
            receiver.put(Causes.open(incident));
        }
        receiver.look(0);
    }

    @Test
    void aServerThatFailsGetsARestWhateverWaits() throws Exception {
        openCauses("i1", "i2", "i3", "i4", "i5");
        answering(HttpAnswer.of(502, "", Optional.empty(), T0), HttpAnswer.of(404, "", Optional.empty(), T0));
        assertThat(steps()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sent).hasSize(1);
        siteTime.set(T0.plusSeconds(5));
        assertThat(steps()).as("twice as long").isEqualTo(Duration.ofSeconds(10));
        assertThat(sent).hasSize(2);
        siteTime.set(T0.plusSeconds(15));
        steps();
        assertThat(sent).hasSize(7);
        assertThat(receiver.outbox.waiting(NAME)).isZero();
    }

    @Test
    void afterSomeMessagesThatAreNotTakenNoneIsTriedForAWhile() throws Exception {
        openCauses("i1", "i2", "i3", "i4", "i5", "i6");
        Outcome later = Outcome.again("451 later");
        answering(later, later, later, later, later);
        steps();
        assertThat(sent).hasSize(Carrier.EACH_AT_FAULT + 1);
        siteTime.set(T0.plusSeconds(5));
        steps();
        assertThat(sent).as("and then one at a time").hasSize(Carrier.EACH_AT_FAULT + 2);
        siteTime.set(T0.plusSeconds(15));
        steps();
        assertThat(receiver.outbox.waiting(NAME)).isZero();
    }

    @Test
    void aMessageOverWhichTheSenderStumblesIsPutOffAndOthersGoOn() throws Exception {
        openCauses("i1", "i2");
        answers.add(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(steps()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sent).containsExactly("opened i1", "opened i2");
        assertThat(receiver.next()).satisfies(d -> {
            assertThat(d.tries()).isEqualTo(1);
            assertThat(d.nextAt()).isEqualTo(T0.plusSeconds(5));
            assertThat(d.said()).isEqualTo(Carrier.FAULT);
        });
    }

    @Test
    void whoeverForgetsWhatItIsNotToldIsTriedAsOftenAsItIsTold() throws Exception {
        Duration resend = Duration.ofMinutes(1);
        open(new Reception(Settings.ALL, List.of(), Optional.of(resend)));
        openCauses("i1");
        for (int i = 0; i < 20; i++) {
            answering(Outcome.nobody("no answer came"));
        }
        while (!answers.isEmpty()) {
            steps();
            Duration pause =
                    Duration.between(siteTime.instant(), receiver.next().nextAt());
            assertThat(pause).isLessThanOrEqualTo(resend);
            siteTime.set(receiver.next().nextAt());
        }
        assertThat(sent).hasSize(20);
    }

    @Test
    void aTimeThatAWrongClockWroteDownIsNotWaitedFor() throws Exception {
        openCauses("i1");
        receiver.outbox.postpone(receiver.next(), T0.plus(Duration.ofDays(400)), "the clock was wrong");
        steps();
        assertThat(sent).containsExactly("opened i1");
    }

    @Test
    void whatWaitsIsHeldInQuietHoursAndSentWhenTheyAreOver() throws Exception {
        open(new Reception(Settings.ALL, List.of(NIGHT), Optional.empty()));
        receiver.put(Causes.open("stays")).put(Causes.open("passes"));
        int evening = 12 * 60;
        int morning = 21 * 60;
        siteTime.set(at(evening));
        receiver.look(evening - 1);
        steps();
        assertThat(sent).as("it was due before ten, and nobody was told yet").isEmpty();
        receiver.look(evening);
        receiver.close("passes", evening + 30);
        siteTime.set(at(morning));
        steps();
        assertThat(sent).as("what became of it is decided first").isEmpty();
        assertThat(receiver.look(morning)).containsExactly("resolved", "summary");
        steps();
        assertThat(sent)
                .as("older than messages are tried for, but nobody could have been told")
                .containsExactly("opened stays", "summary ");
        assertThat(receiver.list())
                .containsExactlyInAnyOrder(
                        "opened DELIVERED", "summary DELIVERED", "opened WITHDRAWN", "resolved WITHDRAWN");
    }

    @Test
    void whatIsTooOldAndWasTriedIsGivenUpAndWhatIsThereIsToldAnew() throws Exception {
        openCauses("i1");
        answering(Outcome.nobody("no answer came"));
        steps();
        siteTime.set(at(120));
        steps();
        assertThat(receiver.list()).containsExactly("opened GAVE_UP");
        assertThat(receiver.look(121)).containsExactly("opened");
        siteTime.set(at(121));
        steps();
        assertThat(receiver.list()).containsExactly("opened DELIVERED", "opened GAVE_UP");
    }

    @Test
    void whoWasLeftOverIsTriedAloneAndInTheEndThatIsWritten() throws Exception {
        openCauses("i1");
        answering(
                Outcome.partly("but not for kim (450 grey)", List.of("kim@campus.example")),
                Outcome.again("450 grey"),
                Outcome.partly("for nobody of kim (550 nobody)", List.of()));
        steps();
        siteTime.set(at(1));
        steps();
        siteTime.set(at(2));
        steps();
        assertThat(sent)
                .containsExactly("opened i1", "kim@campus.example", "opened i1", "kim@campus.example", "opened i1");
        assertThat(receiver.outbox.list(Optional.empty(), 10)).singleElement().satisfies(d -> {
            assertThat(d.state()).isEqualTo(Delivery.State.DELIVERED);
            assertThat(d.tries()).isEqualTo(3);
            assertThat(d.said()).contains("550 nobody");
        });
    }
}
