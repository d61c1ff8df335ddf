package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a chain must lead to, by identity class. Immutable, but for what is remembered of chains that were judged. */
public final class TrustAnchors {
    public static final TrustAnchors NONE = new TrustAnchors(Map.of(), Map.of());

    private final Map<IdentityClass, List<X509Certificate>> anchors;
    private final Map<IdentityClass, Set<Sha256>> pins;
    private final ChainMemo memo = new ChainMemo();

    /**
     * @param anchors certificates that end a chain
     * @param pins SHA-256 of issuing certificates that are trusted when a server shows them
     */
    public TrustAnchors(Map<IdentityClass, List<X509Certificate>> anchors, Map<IdentityClass, Set<Sha256>> pins) {
        this.anchors = Map.copyOf(anchors);
        this.pins = Map.copyOf(pins);
    }

    /** Certificates that end a chain. */
    public Map<IdentityClass, List<X509Certificate>> anchors() {
        return anchors;
    }

    /** SHA-256 of issuing certificates that are trusted when a server shows them. */
    public Map<IdentityClass, Set<Sha256>> pins() {
        return pins;
    }

    ChainMemo memo() {
        return memo;
    }

    public List<X509Certificate> of(IdentityClass identity) {
        return anchors.getOrDefault(identity, List.of());
    }

    public Set<Sha256> pinsOf(IdentityClass identity) {
        return pins.getOrDefault(identity, Set.of());
    }

    /** With these anchors in place of the class's anchors and pins. */
    public TrustAnchors with(IdentityClass identity, List<X509Certificate> certificates) {
        Map<IdentityClass, List<X509Certificate>> changed = new EnumMap<>(IdentityClass.class);
        changed.putAll(anchors);
        changed.put(identity, List.copyOf(certificates));
        Map<IdentityClass, Set<Sha256>> kept = new EnumMap<>(IdentityClass.class);
        kept.putAll(pins);
        kept.remove(identity);
        return new TrustAnchors(changed, kept);
    }

    /** With these pins beside the class's anchors. */
    public TrustAnchors withPins(IdentityClass identity, Set<Sha256> more) {
        Map<IdentityClass, Set<Sha256>> changed = new EnumMap<>(IdentityClass.class);
        changed.putAll(pins);
        Set<Sha256> all = new HashSet<>(pinsOf(identity));
        all.addAll(more);
        changed.put(identity, Set.copyOf(all));
        return new TrustAnchors(anchors, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustAnchors that && anchors.equals(that.anchors) && pins.equals(that.pins);
    }

    @Override
    public int hashCode() {
        return Objects.hash(anchors, pins);
    }
}
