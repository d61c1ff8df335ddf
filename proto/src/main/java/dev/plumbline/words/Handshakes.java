package dev.plumbline.words;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The handshakes of one attempt by what they are for. The usual ones climb until one stands: that one says whether the
 * target is well. What was asked apart afterwards, each on a connection of its own, only tells more about who is there;
 * its failure does not make the target fail.
 *
 * @param usual in order of time: offers until one stood, and neutral names as the control
 * @param apart single versions of TLS, and an offer without ALPN after one with ALPN stood
 */
public record Handshakes(List<Handshake> usual, List<Handshake> apart) {
    public Handshakes {
        usual = List.copyOf(usual);
        apart = List.copyOf(apart);
    }

    public static Handshakes of(List<Handshake> all) {
        // As most attempts have it.
        if (all.size() == 1 && all.get(0).versionsOffered().isEmpty()) {
            return new Handshakes(all, List.of());
        }
        List<Handshake> usual = new ArrayList<>();
        List<Handshake> apart = new ArrayList<>();
        for (Handshake handshake : all) {
            boolean single = !handshake.versionsOffered().isEmpty();
            (single || stood(usual, handshake.serverName()) ? apart : usual).add(handshake);
        }
        return new Handshakes(usual, apart);
    }

    private static boolean stood(List<Handshake> some, String serverName) {
        for (Handshake handshake : some) {
            if (handshake.failure().isNone() && handshake.serverName().equals(serverName)) {
                return true;
            }
        }
        return false;
    }

    /** Of the usual ones, those under this name. */
    public List<Handshake> usual(String serverName) {
        List<Handshake> own = new ArrayList<>(usual);
        own.removeIf(handshake -> !handshake.serverName().equals(serverName));
        return Collections.unmodifiableList(own);
    }

    /** The one that offered this version of TLS only, such as {@code TLSv1.3}; empty when none was made. */
    public Optional<Handshake> only(String version) {
        return apart.stream()
                .filter(handshake -> handshake.versionsOffered().equals(List.of(version)))
                .findFirst();
    }

    /** The one that offered no ALPN under this name, on the ladder or apart from it; empty when none was made. */
    public Optional<Handshake> withoutAlpn(String serverName) {
        List<Handshake> all = new ArrayList<>(usual);
        all.addAll(apart);
        return all.stream()
                .filter(handshake -> handshake.serverName().equals(serverName)
                        && handshake.alpnOffered().isEmpty()
                        && handshake.versionsOffered().isEmpty())
                .findFirst();
    }
}
