package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that come in on many lines at once, a read of 64 kB at a time. */
final class RoomTest {
    private static final long READ = 64 << 10;
    private static final long MESSAGE = 4 << 20;
    private static final long MOST = 16 << 20;

    private final Room room = new Room(MOST, MESSAGE);

    /** Sends messages of one length, and waits for the disk after each. */
    private final class Sender implements Line {
        private final Room.Share share = room.share(this);
        private boolean isPaused;
        private long left = MESSAGE;
        private long waiting;
        private int done;

        @Override
        public void cut() {}

        @Override
        public void pause() {
            isPaused = true;
        }

        @Override
        public void resume() {
            isPaused = false;
        }

        boolean isDone() {
            return done == 3;
        }

        boolean isAble() {
            return !isPaused && !isDone() && waiting == 0;
        }

        void read() {
            if (!isAble()) {
                return;
            }
            room.arrived(share, READ);
            left -= READ;
            if (left == 0) {
                room.whole(share);
                waiting = room.handed(share);
                assertThat(waiting).isEqualTo(MESSAGE);
            }
        }

        void durable() {
            if (waiting > 0) {
                room.giveBack(waiting);
                waiting = 0;
                left = MESSAGE;
                done++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 200})
    void theBoundHoldsAndEveryMessageComesToItsEnd(int lines) {
        Random random = new Random(lines);
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            senders.add(new Sender());
        }
        for (int step = 0; !senders.stream().allMatch(Sender::isDone); step++) {
            assertThat(step).as("it goes on").isLessThan(200_000);
            if (random.nextInt(100) == 0) {
                senders.stream().filter(s -> s.waiting > 0).findAny().ifPresent(Sender::durable);
            } else {
                List<Sender> able = senders.stream().filter(Sender::isAble).toList();
                if (!able.isEmpty()) {
                    able.get(random.nextInt(able.size())).read();
                }
            }
        }
        assertThat(room.highest()).isLessThanOrEqualTo(MOST + lines * READ);
        assertThat(room.taken()).isZero();
    }

    @Test
    void whatAStreamHeldIsFreeWhenItEndsWhateverComesOfItAfterwards() {
        Sender one = new Sender();
        one.read();
        assertThat(room.taken()).isEqualTo(READ);
        room.leave(one.share);
        one.read();
        assertThat(room.taken()).isZero();
        assertThat(room.handed(one.share)).isZero();
    }

    @Test
    void theEldestIsInTheWayOnlyWhileOthersWaitForIt() {
        List<Sender> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Sender one = new Sender();
            slow.add(one);
            while (one.left > READ && !one.isPaused) {
                one.read();
            }
        }
        Room.Share eldest = slow.get(0).share;
        assertThat(slow.get(3).isPaused).isTrue();
        assertThat(isInTheWay(eldest, 0)).as("it has its time").isFalse();
        assertThat(isInTheWay(eldest, 9)).isFalse();
        assertThat(isInTheWay(eldest, 11)).isTrue();
        assertThat(isInTheWay(slow.get(1).share, 11)).as("that came later").isFalse();
        room.leave(eldest);
        assertThat(slow.get(3).isPaused).isFalse();
        assertThat(isInTheWay(slow.get(1).share, 12)).as("nobody waits").isFalse();
    }

    @Test
    void whoeverHoldsRoomWithAMessageThatStandsStillIsInTheWay() {
        Sender standing = new Sender();
        Sender eldest = new Sender();
        eldest.read();
        while (standing.left > READ) {
            standing.read();
        }
        List<Sender> waiting = new ArrayList<>();
        while (waiting.stream().noneMatch(s -> s.isPaused)) {
            Sender one = new Sender();
            waiting.add(one);
            while (one.left > READ && !one.isPaused) {
                one.read();
            }
        }
        assertThat(isInTheWay(standing.share, 0)).as("it has its time").isFalse();
        assertThat(isInTheWay(standing.share, 9)).isFalse();
        assertThat(isInTheWay(standing.share, 11)).isTrue();
        waiting.forEach(w -> room.leave(w.share));
        assertThat(isInTheWay(standing.share, 12)).as("nobody waits").isFalse();
    }

    @Test
    void aLineOfTwoStreamsIsReadFromAgainWhenNeitherWaits() {
        Sender line = new Sender();
        Room.Share other = room.share(line);
        Sender onDisk = new Sender();
        room.arrived(onDisk.share, 3 * READ);
        room.whole(onDisk.share);
        long durable = room.handed(onDisk.share);
        Sender eldest = new Sender();
        eldest.read();
        room.arrived(line.share, MOST - MESSAGE - 3 * READ);
        room.arrived(other, READ);
        assertThat(room.isPaused(line.share)).isTrue();
        assertThat(room.isPaused(other)).isTrue();
        room.giveBack(durable);
        assertThat(room.isPaused(line.share)).as("there is room for one").isFalse();
        assertThat(room.isPaused(other)).as("and not for the other").isTrue();
        assertThat(line.isPaused).isTrue();
        room.leave(eldest.share);
        assertThat(line.isPaused).isFalse();
    }

    @Test
    void theNextMessageOfAStreamIsCountedBesideTheOneThatIsNotHandedOnYet() {
        Sender one = new Sender();
        room.arrived(one.share, 1000);
        room.whole(one.share);
        room.arrived(one.share, 10);
        assertThat(room.handed(one.share)).isEqualTo(1000);
        room.giveBack(1000);
        assertThat(room.taken()).isEqualTo(10);
        room.whole(one.share);
        assertThat(room.handed(one.share)).isEqualTo(10);
        room.giveBack(10);
        assertThat(room.taken()).isZero();
    }

    private boolean isInTheWay(Room.Share share, long second) {
        return room.isInTheWay(share, TimeUnit.SECONDS.toNanos(second), Duration.ofSeconds(10));
    }
}
