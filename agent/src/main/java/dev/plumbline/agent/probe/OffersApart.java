package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Handshakes that tell more about who is there once the usual one stands, all at once, each on a connection of its own:
 * TLS 1.3 alone and 1.2 alone, since the usual offer of both hides a box that breaks or forces one of them; and of a
 * courier the chain that it shows without ALPN.
 *
 * <p>What tells a version breaker from a path that loses large packets: the hello of 1.3 is the larger one, since it
 * carries a key share, and the one that a small path MTU would lose; but the server's certificates are larger still, and
 * cross the path under 1.2 too. So 1.3 alone failing where 1.2 alone shows its whole chain is a matter of the version;
 * both silent after the hello, while the port connects, is a matter of size. A box that answers at once with an alert, a
 * RST or a close lost nothing; a hole is always silent.
 */
final class OffersApart {
    private final Talk talk;
    private final List<Offer> offers;

    OffersApart(Talk talk, List<Offer> offers) {
        this.talk = talk;
        this.offers = offers;
    }

    /** What is offered under the target's own name. */
    record Offer(List<String> alpn, List<String> versions) {}

    /** What remains to be asked after these handshakes; nothing when the first offer did not stand. */
    static List<Offer> after(Target target, List<Handshake> handshakes) {
        if (handshakes.isEmpty() || !handshakes.get(0).failure().isNone()) {
            return List.of();
        }
        List<String> alpn = handshakes.get(0).alpnOffered();
        List<Offer> versions = List.of(new Offer(alpn, List.of("TLSv1.3")), new Offer(alpn, List.of("TLSv1.2")));
        return switch (target.probe()) {
            case PROVIDER_API -> versions;
            case COURIER -> {
                List<Offer> all = new ArrayList<>(versions);
                if (!alpn.isEmpty()) {
                    all.add(new Offer(List.of(), List.of()));
                }
                yield List.copyOf(all);
            }
            case HTTPS, HTTP, CAPTIVE, BAG, TCP, NAME_ABSENT, NTP, SSH, QUIC, DOH -> List.of();
        };
    }

    /** Always completes normally, by the talk's deadline; in the order of the offers, without those that got no connection. */
    CompletableFuture<List<Secured>> run() {
        CompletableFuture<List<Secured>> all = CompletableFuture.completedFuture(List.of());
        for (Offer offer : offers) {
            all = all.thenCombine(shake(offer), (before, one) -> {
                List<Secured> more = new ArrayList<>(before);
                more.addAll(one);
                return more;
            });
        }
        return all;
    }

    private CompletableFuture<List<Secured>> shake(Offer offer) {
        return talk.network()
                .connector()
                .tcp(talk.loop(), talk.remote(), talk.left())
                .thenCompose(connection -> {
                    if (connection.channel().isEmpty()) {
                        return CompletableFuture.completedFuture(List.of());
                    }
                    return talk.network()
                            .handshaker()
                            .secure(
                                    connection.channel().get(),
                                    talk.target().serverName(),
                                    offer.alpn(),
                                    offer.versions(),
                                    talk.left())
                            .thenApply(secured -> {
                                secured.channel().close();
                                return List.of(secured);
                            });
                });
    }
}
