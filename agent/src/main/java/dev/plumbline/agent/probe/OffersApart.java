package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Handshakes that tell more about who is there once the usual one has an answer, all at once, each on a connection of its own:
 * TLS 1.3 alone and 1.2 alone, since the usual offer of both hides a box that breaks or forces one of them; and of a
 * courier the chain that it shows without ALPN.
 *
 * <p>What tells a version breaker from a path that loses large packets: every hello that offers 1.3 is large, with BoringSSL
 * some 1,450 bytes for the key share of X25519MLKEM768, and one of 1.2 alone small, below 200. But the usual hello offers
 * both and is the largest of all. Where it stands, as it does here, size is not the matter: 1.3 alone that fails then, or
 * a usual handshake that agreed on 1.2 with a server known to speak 1.3, is a matter of the version. A hole on the way
 * out silences the usual hello too, and one on the way back the certificates under 1.2; both are always silent, where an
 * alert, a RST or a close is somebody's answer. A box that kills every hello with 1.3 in it stops the usual one: where that
 * was answered by anything but silence, 1.2 alone is asked, which such a box lets through.
 */
final class OffersApart {
    private static final List<String> OLD = List.of("TLSv1.2");

    private final Talk talk;
    private final List<Offer> offers;

    OffersApart(Talk talk, List<Offer> offers) {
        this.talk = talk;
        this.offers = offers;
    }

    /** What is offered under the target's own name. */
    record Offer(List<String> alpn, List<String> versions) {}

    /** What remains to be asked after these handshakes; when the first offer did not stand at most whether 1.2 alone does. */
    static List<Offer> after(Target target, List<Handshake> handshakes) {
        if (handshakes.isEmpty() || handshakes.get(0).failure().kind().isSilence()) {
            return List.of();
        }
        boolean stood = handshakes.get(0).failure().isNone();
        return of(target, handshakes.get(0).alpnOffered()).stream()
                .filter(offer -> stood || offer.versions().equals(OLD))
                .toList();
    }

    /** What is asked of such a target beside this offer. */
    static List<Offer> of(Target target, List<String> alpn) {
        List<Offer> versions = List.of(new Offer(alpn, List.of("TLSv1.3")), new Offer(alpn, OLD));
        return switch (target.probe()) {
            case PROVIDER_API -> versions;
            case COURIER -> {
                List<Offer> all = new ArrayList<>(versions);
                if (!alpn.isEmpty()) {
                    all.add(new Offer(List.of(), List.of()));
                }
                yield List.copyOf(all);
            }
            case HTTPS,
                    HTTP,
                    CAPTIVE,
                    BAG,
                    TCP,
                    NAME_ABSENT,
                    NTP,
                    SSH,
                    QUIC,
                    HTTP3,
                    DOH,
                    OCSP,
                    CERT_FILE,
                    PMV,
                    PLIST,
                    PLIST_PLAIN,
                    NAME_TEXT -> List.of();
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
