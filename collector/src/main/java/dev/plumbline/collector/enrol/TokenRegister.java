package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.enrol.Invitation.Deed;
import dev.plumbline.collector.ingest.Neighbourhood;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import io.grpc.Status;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of people and tools: given, shown, taken back. Those that were not revoked are at hand for every call, but for what
 * ended longest ago where they are very many, and each of them is compared with what is shown, in constant time, so that the time
 * of an answer tells nothing.
 *
 * <p>A token that is right is let in whoever else tries in vain from its address: nobody guesses 256 bits, and to shut out a
 * whole address would hand everybody behind it to one program with an ended token. What is wrong too often is put off, and
 * written down no more. Any thread.
 */
public final class TokenRegister implements AutoCloseable {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(366);

    private static final Logger LOG = LoggerFactory.getLogger(TokenRegister.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");
    private static final int MOST_OPEN = 1000;

    /** With those that have ended: as many again that a wrong clock may have ended. */
    private static final int MOST_KEPT = 2 * MOST_OPEN;

    private static final int MOST_SEGMENTS = 100;
    private static final int WRONG_AT_ONCE = 10;
    private static final int REMEMBERED = 4096;

    /** Each call is a use, and a disk is not written to for each. */
    private static final Duration USES_WRITTEN_EVERY = Duration.ofMinutes(1);

    private static final Status OPENS_NOTHING = Status.UNAUTHENTICATED.withDescription("this token opens nothing: it is"
            + " unknown, has ended or was revoked; ask an administrator for another one (plumbline token create)");
    private static final Status NO_TOKEN =
            Status.UNAUTHENTICATED.withDescription("no token was shown; this port asks for"
                    + " one: authorization: Bearer plumbline-..., a header of HTTP or metadata of gRPC");
    private static final Status TOO_OFTEN = Status.RESOURCE_EXHAUSTED.withDescription(
            "too many tries in vain from this address; try again in a minute");

    private final EnrolmentFile file;
    private final Supplier<Site> site;
    private final RefusedTries refused;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Tries<String> wrong = new Tries<>(WRONG_AT_ONCE, TimeUnit.SECONDS.toNanos(6), REMEMBERED);
    private final Map<String, Uses> uses = new ConcurrentHashMap<>();
    private final List<Consumer<String>> whenLess = new CopyOnWriteArrayList<>();
    /**
     * What was not revoked and ends last, whatever the clock says: it may be wrong now and right when a token is shown. No more
     * than {@link #MOST_OPEN} are open at a time, so that none of them is missing, also after a clock was wrong once.
     */
    private volatile List<Kept> kept;

    /** A token and its hash, as it is compared. */
    private static final class Kept {
        private final AccessToken token;
        private final byte[] hash;

        Kept(AccessToken token) {
            this.token = token;
            this.hash = token.hash().bytes();
        }
    }

    /** The latest use of a token, and the latest that is on the disk. */
    private static final class Uses {
        private final AccessToken token;
        private AccessToken.Use latest;
        private boolean isWritten;
        private Instant writtenAt = Instant.MIN;

        Uses(AccessToken token, AccessToken.Use first) {
            this.token = token;
            this.latest = first;
        }
    }

    /** @param site as it is declared now */
    TokenRegister(EnrolmentFile file, Supplier<Site> site, RefusedTries refused, Clock clock) {
        this.file = file;
        this.site = site;
        this.refused = refused;
        this.clock = clock;
        this.kept = file.read(records -> records.tokens().unrevoked()).stream()
                .map(Kept::new)
                .toList();
        undeclared().forEach(this::settle);
        // After that: what is not at hand is for no segment that is gone either.
        kept = atHand(kept);
    }

    /** As many as are kept, those that ended longest ago left out. */
    private static List<Kept> atHand(List<Kept> all) {
        return all.stream()
                .sorted(Comparator.comparing((Kept k) -> k.token.endsAt()).reversed())
                .limit(MOST_KEPT)
                .toList();
    }

    /** What tokens are for and the configuration does not have any more. */
    private Set<SegmentId> undeclared() {
        return kept.stream()
                .flatMap(k -> k.token.purview().segments().stream())
                .filter(s -> site.get().segment(s).isEmpty())
                .collect(Collectors.toSet());
    }

    /** As when it is removed by command; where that cannot be written down the next start does it again. */
    private void settle(SegmentId segment) {
        LOG.warn(
                "segment {} is not declared any more: tokens for it do not open one of this id that is added later",
                segment);
        try {
            file.change(records -> records.tokens().leave(segment, new Deed("plumbline-collector serve", now())));
        } catch (EnrolmentFileException | Refusal e) {
            LOG.error("the tokens of segment {} stay as they are: {}", segment, e.getMessage(), e);
        }
        leave(segment);
    }

    /** A removal of a segment, from its transaction to the moment from which it is not in force any more. */
    interface Removal<T> {
        T run() throws Refusal;
    }

    /** While it runs no token is given, so that none is for a segment that is on its way out. */
    synchronized <T> T whileNoneIsGiven(Removal<T> removal) throws Refusal {
        return removal.run();
    }

    /** The segment is not what the tokens for it were given for any more, which is on the disk already. */
    synchronized void leave(SegmentId segment) {
        List<String> less = kept.stream()
                .map(k -> k.token)
                .filter(t -> t.isFor(segment))
                .map(AccessToken::id)
                .toList();
        kept = kept.stream()
                .flatMap(k -> k.token.isFor(segment) ? k.token.without(segment).map(Kept::new).stream() : Stream.of(k))
                .toList();
        forgetUses();
        less.forEach(id -> whenLess.forEach(listener -> listener.accept(id)));
    }

    /** Of tokens that are not at hand any more the file alone knows the last use. */
    private void forgetUses() {
        Set<String> gone = new HashSet<>(uses.keySet());
        kept.forEach(k -> gone.remove(k.token.id()));
        for (String id : gone) {
            Uses of = uses.remove(id);
            if (of != null) {
                writeLast(of);
            }
        }
    }

    private void writeLast(Uses of) {
        synchronized (of) {
            if (!of.isWritten) {
                write(of);
            }
        }
    }

    /** Is told of the id of each token that is revoked or narrowed, after it opens nothing, or less. */
    public void whenLess(Consumer<String> listener) {
        whenLess.add(listener);
    }

    /**
     * Whose call it is.
     *
     * @param shown what stands where a token should; empty = nothing does
     */
    public Admission admit(Optional<String> shown, InetAddress from) {
        Optional<Sha256> hash = shown.map(BearerToken::hash);
        Instant now = clock.instant();
        Optional<AccessToken> token = hash.flatMap(this::match).filter(t -> t.state(now) == AccessToken.State.OPEN);
        if (token.isEmpty()) {
            return new Admission.Refused(refuse(hash, from, now));
        }
        use(token.get(), new AccessToken.Use(now.truncatedTo(ChronoUnit.MILLIS), from.getHostAddress()));
        return new Admission.Granted(
                token.get().asker(from.getHostAddress()),
                token.get().id(),
                token.get().endsAt());
    }

    /** All are compared, whether one was found or not. */
    private Optional<AccessToken> match(Sha256 hash) {
        byte[] shown = hash.bytes();
        Optional<AccessToken> found = Optional.empty();
        for (Kept each : kept) {
            if (MessageDigest.isEqual(each.hash, shown)) {
                found = Optional.of(each.token);
            }
        }
        return found;
    }

    /** Whether a token that was let in a moment ago still would be, to no less. */
    public boolean isOpen(Admission.Granted granted) {
        Instant now = clock.instant();
        return kept.stream()
                .map(k -> k.token)
                .anyMatch(t -> t.id().equals(granted.tokenId())
                        && t.purview().equals(granted.asker().purview())
                        && t.state(now) == AccessToken.State.OPEN);
    }

    /** The same, which is a use of the token: whoever was let in by it goes on. */
    public boolean isUsed(Admission.Granted granted, InetAddress from) {
        if (!isOpen(granted)) {
            return false;
        }
        kept.stream()
                .map(k -> k.token)
                .filter(t -> t.id().equals(granted.tokenId()))
                .findFirst()
                .ifPresent(t -> use(
                        t, new AccessToken.Use(clock.instant().truncatedTo(ChronoUnit.MILLIS), from.getHostAddress())));
        return true;
    }

    private Status refuse(Optional<Sha256> hash, InetAddress from, Instant now) {
        String neighbourhood = Neighbourhood.of(from).prefix();
        if (!wrong.begin(neighbourhood, System.nanoTime())) {
            refused.countOnly();
            return TOO_OFTEN;
        }
        String who = "address " + from.getHostAddress();
        if (hash.isEmpty()) {
            refused.tell(neighbourhood, who, What.TOKEN_REFUSED, "", "no token was shown");
            return NO_TOKEN;
        }
        try {
            Optional<AccessToken> known = file.read(records -> records.tokens().token(hash.get()));
            refused.tell(
                    neighbourhood,
                    who,
                    What.TOKEN_REFUSED,
                    known.map(AccessToken::id).orElse(""),
                    known.map(t -> "the token of " + t.name() + " " + t.said(now))
                            .orElse("no such token was ever given"));
        } catch (EnrolmentFileException e) {
            LOG.error("a token is refused that is not looked for: {}", e.getMessage(), e);
        }
        return OPENS_NOTHING;
    }

    private void use(AccessToken token, AccessToken.Use use) {
        Uses of = uses.computeIfAbsent(token.id(), id -> new Uses(token, use));
        synchronized (of) {
            of.latest = use;
            of.isWritten = false;
            if (Duration.between(of.writtenAt, use.at()).abs().compareTo(USES_WRITTEN_EVERY) < 0) {
                return;
            }
            write(of);
        }
    }

    /** With its lock held. */
    private void write(Uses of) {
        try {
            file.change(records -> {
                records.tokens().used(of.token, of.latest);
                return of.token;
            });
            of.isWritten = true;
        } catch (EnrolmentFileException | Refusal e) {
            // On a full disk people read what is wrong all the same.
            LOG.error("the last use of {} is not written down: {}", of.token.who(), e.getMessage(), e);
        }
        of.writtenAt = of.latest.at();
    }

    /** A token and its secret that nobody keeps. */
    record Created(AccessToken token, BearerToken secret) {}

    synchronized Created create(AccessRole role, String name, Set<SegmentId> segments, Duration ttl, String who)
            throws Refusal {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("a token's name has 1 to 63 letters, digits and . _ @ -, a letter or digit first");
        }
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw Refusal.invalid(
                    "a token lasts from one minute to " + LONGEST.toDays() + " days, not " + ttl.toSeconds() + " s");
        }
        requireDeclared(segments);
        if (!segments.isEmpty() && role != AccessRole.VIEWER) {
            throw Refusal.invalid(
                    "a token for some segments alone reads and does nothing else: give it the role viewer,"
                            + " or leave the segments out");
        }
        BearerToken secret = BearerToken.random(random);
        Instant now = now();
        AccessToken token = new AccessToken(
                secret.hash(),
                name,
                role,
                new Purview(segments),
                who,
                now,
                now.plus(ttl),
                Optional.empty(),
                Optional.empty());
        add(token, "");
        return new Created(token, secret);
    }

    private void requireDeclared(Set<SegmentId> segments) throws Refusal {
        if (segments.size() > MOST_SEGMENTS) {
            throw Refusal.invalid("a token is for the whole site or for at most " + MOST_SEGMENTS + " segments");
        }
        for (SegmentId segment : segments) {
            if (site.get().segments().stream().map(Segment::id).noneMatch(segment::equals)) {
                throw Refusal.invalid("segment " + segment + " is not declared in the collector's site");
            }
        }
    }

    private synchronized void add(AccessToken token, String also) throws Refusal {
        file.change(records -> {
            if (records.tokens().countOpen(token.createdAt()) >= MOST_OPEN) {
                throw Refusal.notNow("there are " + MOST_OPEN
                        + " tokens already; revoke those that nobody uses (plumbline tokens shows their last use)");
            }
            records.tokens().add(token);
            records.audit(
                    token.createdAt(),
                    token.createdBy(),
                    What.TOKEN_CREATED,
                    token.id(),
                    "for " + token.name() + ", role " + token.role().word() + ", " + token.purview() + ", until "
                            + token.endsAt() + also);
            return token;
        });
        // Not read again: what is on the disk now is known, and a disk that cannot be read must not make a lie of the
        // answer.
        kept = atHand(Stream.concat(Stream.of(new Kept(token)), kept.stream()).toList());
        forgetUses();
    }

    /**
     * Takes in the token that was made before there was a collector, once. Where it cannot be written down the collector is there
     * without it, and the next start tries again.
     */
    public void takeIn(FirstToken first) {
        Instant now = now();
        boolean isKnown =
                file.read(records -> records.tokens().token(first.hash())).isPresent();
        if (isKnown || !now.isBefore(first.endsAt())) {
            return;
        }
        AccessToken token = new AccessToken(
                first.hash(),
                "first-administrator",
                AccessRole.ADMINISTRATOR,
                Purview.WHOLE_SITE,
                "plumbline-collector init",
                now,
                first.endsAt().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                Optional.empty());
        try {
            add(token, ", taken in from " + first.file());
            LOG.info("the first administrator's token, {}, was taken in from {}", token.id(), first.file());
        } catch (Refusal | EnrolmentFileException e) {
            LOG.warn("the first administrator's token of {} is not taken in: {}", first.file(), e.getMessage());
        }
    }

    /** The latest first, with their last use. */
    List<AccessToken> all() {
        return file.read(records -> records.tokens().all()).stream()
                .map(this::withUse)
                .toList();
    }

    private AccessToken withUse(AccessToken token) {
        Uses of = uses.get(token.id());
        if (of == null) {
            return token;
        }
        synchronized (of) {
            return token.used(of.latest);
        }
    }

    /** Durable before the calls that are under way end: whoever comes back meanwhile is refused. */
    AccessToken revoke(String id, String who) throws Refusal {
        AccessToken after = takeBack(id, who);
        whenLess.forEach(listener -> listener.accept(id));
        return after;
    }

    private synchronized AccessToken takeBack(String id, String who) throws Refusal {
        Instant now = now();
        AccessToken after = file.change(records -> {
            AccessToken before = records.tokens()
                    .token(id)
                    .orElseThrow(() -> Refusal.notFound("there is no token " + shown(id) + "; see plumbline tokens"));
            if (before.revoked().isEmpty()) {
                records.tokens().revoke(before, new Deed(who, now));
                records.audit(
                        now,
                        who,
                        What.TOKEN_REVOKED,
                        id,
                        "of " + before.name() + ", role " + before.role().word());
            }
            return records.tokens().token(id).orElseThrow();
        });
        kept = kept.stream().filter(k -> !k.token.id().equals(id)).toList();
        AccessToken told = withUse(after);
        forgetUses();
        return told;
    }

    /** Whoever gives a whole token for its id is not to read it in a log. */
    private static String shown(String id) {
        return id.matches("[0-9a-f]{1,16}") ? id : "of this id, which is ten digits from 0 to f";
    }

    /** As exact as the file keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Writes the last uses down. */
    @Override
    public void close() {
        uses.values().forEach(this::writeLast);
    }
}
