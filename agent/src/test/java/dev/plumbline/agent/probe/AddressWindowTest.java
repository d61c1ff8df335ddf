package dev.plumbline.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AddressWindowTest {
    @Test
    void theFirstTwoThatStandAreTalkedTo() {
        AddressWindow window = new AddressWindow(4, 2);
        assertThat(window.connected(2)).isEmpty();
        assertThat(window.connected(0)).containsExactly(0);
        assertThat(window.connected(1)).containsExactly(1);
        assertThat(window.idle()).containsExactly(2);
    }

    @Test
    void aFailureBringsTheNextIn() {
        AddressWindow window = new AddressWindow(4, 2);
        window.connected(0);
        assertThat(window.connected(3)).isEmpty();
        assertThat(window.failed(1)).isEmpty();
        assertThat(window.failed(2)).containsExactly(3);
    }

    @Test
    void whenAllFailNobodyIsTalkedTo() {
        AddressWindow window = new AddressWindow(2, 1);
        assertThat(window.failed(0)).isEmpty();
        assertThat(window.failed(1)).isEmpty();
    }

    @Test
    void theOrderDependsOnTheRoundAndNotOnTheResolver() {
        List<InetAddress> addresses = addresses();
        List<InetAddress> shuffled = new ArrayList<>(addresses);
        Collections.reverse(shuffled);
        assertThat(AddressWindow.order(shuffled, 7)).isEqualTo(AddressWindow.order(addresses, 7));
    }

    @Test
    void overManyAlignedRoundsEveryAddressComesFirst() {
        Set<InetAddress> first = new HashSet<>();
        for (long round = 0; round < 200; round++) {
            first.add(AddressWindow.order(addresses(), 1_790_000_100_000L + round * 300_000)
                    .get(0));
        }
        assertThat(first).hasSize(addresses().size());
    }

    private static List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 10; i < 18; i++) {
            addresses.add(Resolved.literal("17.57.144." + i));
        }
        return addresses;
    }
}
