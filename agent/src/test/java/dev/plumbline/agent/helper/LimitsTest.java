package dev.plumbline.agent.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    @Test
    void guestsAreCountedInAllAndByAddress() throws Exception {
        ConnectionLimit guests = new ConnectionLimit(3, 2);
        assertThat(guests.enter(guest(1))).isTrue();
        assertThat(guests.enter(guest(1))).isTrue();
        assertThat(guests.enter(guest(1))).as("third of one").isFalse();
        assertThat(guests.enter(guest(2))).isTrue();
        assertThat(guests.enter(guest(3))).as("fourth in all").isFalse();
        guests.leave(guest(1));
        assertThat(guests.enter(guest(3))).isTrue();
        assertThatThrownBy(() -> guests.leave(guest(9))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRateBeginsAnewEverySecond() throws Exception {
        Rate rate = new Rate(3, 2);
        assertThat(rate.passes(guest(1), 0)).isTrue();
        assertThat(rate.passes(guest(1), 1)).isTrue();
        assertThat(rate.passes(guest(1), 2)).as("third of one").isFalse();
        assertThat(rate.passes(guest(2), 3)).isTrue();
        assertThat(rate.passes(guest(3), 999_999_999)).as("fourth in all").isFalse();
        assertThat(rate.passes(guest(1), 1_000_000_000)).isTrue();
    }

    private static InetAddress guest(int number) throws Exception {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }
}
