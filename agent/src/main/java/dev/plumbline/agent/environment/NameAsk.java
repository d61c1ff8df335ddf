package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.Network;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** IPv4 addresses of a name, asked of all resolvers of the host at once: the first answer counts. */
final class NameAsk {
    private NameAsk() {}

    /**
     * What came of it.
     *
     * @param problem why there is no address, empty when there is one
     */
    record Found(List<InetAddress> addresses, String problem) {
        Optional<InetAddress> first() {
            return addresses.stream().findFirst();
        }
    }

    /** Always completes normally, when the time-out has passed at the latest. */
    static CompletableFuture<Found> ask(Network network, String name, Duration timeout) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(name);
        if (literal != null) {
            return CompletableFuture.completedFuture(new Found(List.of(address(name)), ""));
        }
        CompletableFuture<Found> found = new CompletableFuture<>();
        List<CompletableFuture<Lookup>> all = new ArrayList<>();
        for (InetSocketAddress resolver : network.resolvers()) {
            CompletableFuture<Lookup> lookup =
                    network.dns().ask(network.loops().next(), name, DnsRecordType.A, resolver, timeout);
            lookup.thenAccept(answer -> {
                if (answer.failure().isNone()) {
                    found.complete(new Found(
                            answer.answers().stream()
                                    .map(a -> address(a.data()))
                                    .toList(),
                            ""));
                } else if (answer.failure().kind() == FailureKind.NXDOMAIN) {
                    found.complete(new Found(List.of(), "no such name"));
                }
            });
            all.add(lookup);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenRun(() -> found.complete(new Found(
                        List.of(),
                        all.isEmpty()
                                ? "no resolver"
                                : all.get(0).join().failure().kind().toString())));
        return found;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no address", e);
        }
    }
}
