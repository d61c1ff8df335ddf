package dev.plumbline.agent.probe;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Which conversation belongs to which kind of probe: a new kind is one class and one line. */
public final class Probes {
    private static final Conversation CONNECT_ONLY = talk -> {
        talk.channel().close();
        return CompletableFuture.completedFuture(Said.NOTHING);
    };

    private Probes() {}

    static Conversation conversation(ProbeKind kind) {
        return switch (kind) {
            case COURIER -> new CourierConversation();
            case PROVIDER_API -> new ProviderApiConversation();
            case HTTPS -> new HttpsConversation();
            case HTTP -> new HttpConversation();
            case CAPTIVE -> new CaptiveConversation();
            case BAG -> new BagConversation();
            case OCSP -> new OcspConversation();
            case CERT_FILE -> new CertFileConversation();
            case PMV -> new PmvConversation();
            case PLIST, PLIST_PLAIN -> new PlistConversation();
            case TCP -> CONNECT_ONLY;
            case NTP -> new NtpConversation();
            case SSH -> new SshConversation();
            case QUIC -> new QuicConversation();
            case HTTP3 -> new Http3Conversation();
            case DOH -> new DohConversation();
            case NAME_ABSENT, NAME_TEXT ->
                throw new IllegalArgumentException("a " + kind.word() + " probe holds no conversation");
        };
    }

    /** True when the server greets before it is asked: what it says must find a listener from the start. */
    static boolean serverSpeaksFirst(ProbeKind kind) {
        return kind == ProbeKind.SSH;
    }

    /** How many handshakes follow the usual one on one address of a family, each on a connection of its own. */
    public static int offersApart(Target target) {
        return target.alpnLadder().stream()
                .findFirst()
                .map(offer -> offer.isEmpty() ? List.<String>of() : List.of(offer.split(",", -1)))
                .map(first -> OffersApart.of(target, first).size())
                .orElse(0);
    }

    /** How many addresses of a family are talked to; all are connected to. */
    public static int talksPerFamily(ProbeKind kind) {
        return kind == ProbeKind.COURIER ? 2 : 1;
    }
}
