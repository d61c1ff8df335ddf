package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.words.Sha256;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where chains lead that were judged before, under which names they are right, and who issued them: the same few hundred are
 * shown round after round, and each costs several signatures. Changes no verdict: what depends on the time is asked again
 * outside the time for which it is known. Bounded; from any thread.
 */
final class ChainMemo {
    private static final int MOST = 1_024;

    private record Key(List<Sha256> shown, IdentityClass identity) {}

    private record NamedKey(List<Sha256> shown, IdentityClass identity, String serverName) {}

    /** What holds from one instant to another, both included. */
    private record Known<T>(T verdict, Instant from, Instant to) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && !at.isAfter(to);
        }
    }

    private final Map<Key, Known<ChainVerdict>> known = new Latest<>();
    private final Map<NamedKey, Known<Assessment>> met = new Latest<>();
    private final Map<Sha256, String> issuers = new Latest<>();
    private final Map<Key, Boolean> claims = new Latest<>();

    /** Forgets what was asked for longest ago. */
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    /**
     * @param shown hashes of the chain, in its order
     * @param judge asks anew
     */
    ChainVerdict verdict(
            List<Sha256> shown,
            IdentityClass identity,
            List<X509Certificate> chain,
            Instant at,
            Supplier<ChainVerdict> judge) {
        Key key = new Key(List.copyOf(shown), identity);
        Optional<ChainVerdict> before = before(key, at);
        if (before.isPresent()) {
            return before.get();
        }
        ChainVerdict verdict = judge.get();
        switch (verdict.kind()) {
            // While all that was shown is valid, the path that was found is.
            case TRUSTED -> keep(key, new Known<>(verdict, latestBegin(chain), earliestEnd(chain)));
            // Names and signatures do not change.
            case NO_ANCHOR -> keep(key, new Known<>(verdict, Instant.MIN, Instant.MAX));
            case EXPIRED, REFUSED -> {}
        }
        return verdict;
    }

    /** What was kept of a chain under a name, where it holds at that time. */
    Optional<Assessment> met(List<Sha256> shown, IdentityClass identity, String serverName, Instant at) {
        Known<Assessment> before;
        synchronized (met) {
            before = met.get(new NamedKey(shown, identity, serverName));
        }
        return before != null && before.holds(at) ? Optional.of(before.verdict()) : Optional.empty();
    }

    /**
     * While all that was shown is valid it is met under this name.
     *
     * @param chain all of it
     */
    void keepMet(
            List<Sha256> shown,
            IdentityClass identity,
            String serverName,
            List<X509Certificate> chain,
            Assessment assessment) {
        Known<Assessment> one = new Known<>(assessment, latestBegin(chain), earliestEnd(chain));
        synchronized (met) {
            met.put(new NamedKey(List.copyOf(shown), identity, serverName), one);
        }
    }

    /** How the issuer of a chain's first certificate is called in a sentence. */
    String issuer(Sha256 leaf, X509Certificate certificate) {
        synchronized (issuers) {
            return issuers.computeIfAbsent(leaf, hash -> Names.issuer(certificate));
        }
    }

    /** Whether the issuer of a leaf goes by a name that is known of a class. */
    boolean claimed(Sha256 leaf, IdentityClass identity, BooleanSupplier judge) {
        synchronized (claims) {
            return claims.computeIfAbsent(new Key(List.of(leaf), identity), key -> judge.getAsBoolean());
        }
    }

    private Optional<ChainVerdict> before(Key key, Instant at) {
        synchronized (known) {
            Known<ChainVerdict> before = known.get(key);
            return before != null && before.holds(at) ? Optional.of(before.verdict()) : Optional.empty();
        }
    }

    private void keep(Key key, Known<ChainVerdict> one) {
        synchronized (known) {
            known.put(key, one);
        }
    }

    private static Instant latestBegin(List<X509Certificate> chain) {
        return chain.stream()
                .map(c -> c.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Instant earliestEnd(List<X509Certificate> chain) {
        return chain.stream()
                .map(c -> c.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
