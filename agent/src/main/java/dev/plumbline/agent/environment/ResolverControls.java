package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.DnsHeard;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Surroundings.DnsControl;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Questions whose right answers are known: names that cannot exist betray a resolver that answers everything, letters that
 * come back changed a box that rewrites questions, and an answer from where no resolver runs (192.0.2.1, RFC 5737) one
 * that catches questions on their way. All at once.
 */
final class ResolverControls {
    static final String TARGET_PARENT = "push.apple.com";
    /** RFC 2606: its zone has no such names. */
    static final String ELSEWHERE_PARENT = "example.com";

    private static final String EXISTING = "www.example.com";
    private static final byte[] NOBODY = {(byte) 192, 0, 2, 1};
    private static final int DNS_PORT = 53;
    private static final int LABEL_LETTERS = 16;

    /** Nobody is expected to answer, so that on a healthy network this wait is always spent. */
    private static final Duration NOBODY_TIMEOUT = Duration.ofSeconds(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Network network;
    private final Duration timeout;

    ResolverControls(Network network, Duration timeout) {
        this.network = network;
        this.timeout = timeout;
    }

    /** Always completes normally, when the time-out has passed at the latest. */
    CompletableFuture<List<DnsControl>> ask() {
        List<CompletableFuture<DnsControl>> all = new ArrayList<>();
        for (InetSocketAddress resolver : network.resolvers()) {
            all.add(ask("random-target", label() + "." + TARGET_PARENT, resolver, timeout, false));
            all.add(ask("random-elsewhere", label() + "." + ELSEWHERE_PARENT, resolver, timeout, false));
            all.add(ask("mixed-case", mixed(EXISTING), resolver, timeout, false));
            all.add(ask("tcp", EXISTING, resolver, timeout, true));
        }
        Duration brief = timeout.compareTo(NOBODY_TIMEOUT) < 0 ? timeout : NOBODY_TIMEOUT;
        all.add(ask("nobody-there", EXISTING, nobody(), brief, false));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(none -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<DnsControl> ask(
            String kind, String name, InetSocketAddress resolver, Duration limit, boolean byTcp) {
        CompletableFuture<DnsHeard> heard =
                network.dns().inquire(network.loops().next(), name, DnsRecordType.A, resolver, limit, byTcp);
        return heard.thenApply(h -> new DnsControl(kind, h.lookup(), h.echoedName()));
    }

    private static String label() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LABEL_LETTERS; i++) {
            letters.append((char) ('a' + RANDOM.nextInt(26)));
        }
        return letters.toString();
    }

    /** Upper and lower case by chance, both at least once. */
    static String mixed(String name) {
        String mixed = name;
        while (mixed.equals(name.toLowerCase(Locale.ROOT)) || mixed.equals(name.toUpperCase(Locale.ROOT))) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char letter = name.charAt(i);
                letters.append(RANDOM.nextBoolean() ? Character.toUpperCase(letter) : Character.toLowerCase(letter));
            }
            mixed = letters.toString();
        }
        return mixed;
    }

    private static InetSocketAddress nobody() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(NOBODY), DNS_PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four bytes", e);
        }
    }
}
