package dev.plumbline.collector.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.plumbline.collector.enrol.Admission;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is signed in, in memory alone: a start of the collector ends all sessions. What a browser keeps are 256 random bits; here lies
 * their hash. Any thread.
 */
final class Sessions {
    /** A working day: then the token is shown again. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** Pages that stay open ask for what is new, so this is a browser that was closed. */
    static final Duration IDLE = Duration.ofHours(2);

    private static final int MOST = 1_000;
    /** So that one token's sessions push out no others: more than somebody has browsers. */
    private static final int MOST_OF_ONE = 16;

    private static final int SECRET_BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Session> open;

    Sessions(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.open = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                .build();
    }

    /**
     * Begins one.
     *
     * @return the secret that the browser is to keep
     */
    synchronized String begin(Admission.Granted granted) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        makeRoom(granted.tokenId());
        Instant longest = clock.instant().plus(LONGEST);
        Instant endsAt = granted.endsAt().isBefore(longest) ? granted.endsAt() : longest;
        open.put(key(secret), new Session(key(secret), granted, endsAt));
        return secret;
    }

    private void makeRoom(String tokenId) {
        List<Session> own = open.asMap().values().stream()
                .filter(s -> s.tokenId().equals(tokenId))
                .sorted(Comparator.comparing(Session::endsAt))
                .toList();
        own.stream().limit(Math.max(0, own.size() - MOST_OF_ONE + 1)).forEach(this::end);
    }

    /** Whose it is, which is a use of it; empty when it has ended. */
    Optional<Session> of(String secret) {
        return Optional.ofNullable(open.getIfPresent(key(secret))).filter(this::isInTime);
    }

    /** Whether it goes on, which is no use of it. */
    boolean isOpen(Session session) {
        return open.asMap().containsKey(session.key()) && isInTime(session);
    }

    private boolean isInTime(Session session) {
        if (clock.instant().isBefore(session.endsAt())) {
            return true;
        }
        end(session);
        return false;
    }

    void end(Session session) {
        open.invalidate(session.key());
    }

    /** Those of a token that opens nothing any more, or less. */
    void endOf(String tokenId) {
        open.asMap().values().removeIf(s -> s.tokenId().equals(tokenId));
    }

    private static String key(String secret) {
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
