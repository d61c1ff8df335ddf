package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.enrol.Invitation.Use;
import dev.plumbline.collector.ingest.Caller;
import dev.plumbline.collector.ingest.Neighbourhood;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invitations, and the certificates that are given for them. Each step is one transaction together with its line of the audit
 * log; a token is spent in the transaction that keeps its certificate. Any thread.
 */
final class Enrolment {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,63}");
    private static final int SECRET_BYTES = 32;
    private static final int MOST_PENDING = 256;
    private static final int NAMESAKES = 99;
    private static final int LONGEST_NAME = 63;

    /** Addresses whose vain tries have lines of their own in an hour. */
    private static final int VAIN_AN_HOUR = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private final EnrolmentFile file;
    private final SiteAuthority authority;
    private final Doors doors;
    private final Supplier<Site> site;
    private final boolean isApprovalRequired;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Repeats vain = new Repeats(VAIN_AN_HOUR);

    /** @param isApprovalRequired whether somebody has to say yes to each host that has a token */
    Enrolment(
            EnrolmentFile file,
            SiteAuthority authority,
            Doors doors,
            Supplier<Site> site,
            boolean isApprovalRequired,
            Clock clock) {
        this.file = file;
        this.authority = authority;
        this.doors = doors;
        this.site = site;
        this.isApprovalRequired = isApprovalRequired;
        this.clock = clock;
    }

    /** An invitation and the token that nobody keeps. */
    record Invited(Invitation invitation, JoinToken token) {}

    /**
     * What a token was spent on, or who waits by it.
     *
     * @param certificate in DER; empty where somebody has to say yes first
     * @param isNew false when it was given before
     * @param waiting the host that waits, and how many do
     */
    record Given(Optional<Bytes> certificate, boolean isNew, Optional<Waiting> waiting) {
        static Given certificate(Bytes certificate, boolean isNew) {
            return new Given(Optional.of(certificate), isNew, Optional.empty());
        }

        static Given waiting(PendingJoin pending, int all) {
            return new Given(Optional.empty(), false, Optional.of(new Waiting(pending, all)));
        }
    }

    /** @param all how many hosts wait */
    record Waiting(PendingJoin pending, int all) {}

    /** @param agent the only name that the token is good for, even where an agent has it */
    Invited invite(SegmentId segment, Optional<String> agent, Duration ttl, String who) throws Refusal {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw Refusal.invalid("a token lasts from one minute to seven days, not " + ttl.toSeconds() + " s");
        }
        if (doors.enrolment().isEmpty()) {
            throw Refusal.notNow("the collector does not know by which address it is reached; name it in collector.yaml"
                    + " (enrolment.addresses)");
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        JoinToken token = new JoinToken(
                doors.enrolment(), Sha256.of(encoded(authority.anchor())), authority.ofCollector(), Bytes.of(secret));
        Instant now = now();
        Invitation invitation = new Invitation(
                token.hash(), segment, agent, who, now, now.plus(ttl), Optional.empty(), Optional.empty());
        file.change(records -> {
            requireDeclared(records, segment);
            if (agent.isPresent()) {
                refuseRevoked(records, identity(segment, agent.get()));
            }
            records.add(invitation);
            records.audit(
                    now,
                    who,
                    What.INVITED,
                    invitation.id(),
                    "segment " + segment + agent.map(a -> ", agent " + a).orElse("") + ", until "
                            + invitation.endsAt());
            return invitation;
        });
        return new Invited(invitation, token);
    }

    /**
     * Spends a token on a certificate; gives the same one again for the same token and key.
     *
     * @param from the caller's address
     */
    Given join(Sha256 hash, byte[] request, String name, boolean isNameFixed, InetAddress from) throws Refusal {
        Instant now = now();
        String who = "address " + from.getHostAddress();
        try {
            return file.change(records -> {
                Invitation invitation =
                        records.invitation(hash).orElseThrow(() -> Refusal.token("no such token was ever given"));
                return switch (invitation.state(now)) {
                    case OPEN -> open(records, invitation, request, name, isNameFixed, from.getHostAddress(), now);
                    case USED -> again(records, invitation, request, who, now);
                    case ENDED, REVOKED -> throw closed(records, invitation, request, now);
                };
            });
        } catch (Refusal e) {
            String about =
                    file.read(r -> r.invitation(hash)).map(Invitation::id).orElse("");
            List<Repeats.Line> lines = vain.note(
                    now,
                    Neighbourhood.of(from).prefix(),
                    new Repeats.Line(now, who, What.JOIN_REFUSED, about, e.truth()));
            write(lines);
            // What is counted in the one log is not told in the other.
            if (lines.isEmpty()) {
                LOG.debug("a host at {} may not join: {}", from.getHostAddress(), e.truth());
            } else {
                LOG.warn("a host at {} may not join: {}", from.getHostAddress(), e.truth());
            }
            throw e;
        }
    }

    /** What cannot be written is kept for the next time: whoever was refused is refused with the same words on a full disk. */
    private void write(List<Repeats.Line> lines) throws Refusal {
        if (lines.isEmpty()) {
            return;
        }
        try {
            file.change(records -> {
                records.audit(lines);
                return lines;
            });
        } catch (EnrolmentFileException e) {
            vain.keep(lines);
            LOG.error("who tried in vain is not written down yet: {}", e.getMessage(), e);
        }
    }

    /** Whether a token is good for something still: whoever has it is no stranger. */
    boolean isLive(Sha256 hash) {
        Instant now = now();
        return file.read(records -> records.invitation(hash))
                .filter(i -> switch (i.state(now)) {
                    case OPEN -> true;
                    case USED -> now.isBefore(i.endsAt());
                    case ENDED, REVOKED -> false;
                })
                .isPresent();
    }

    /** Writes down how often it was tried in vain in hours that are over; with the present one when the collector ends. */
    void tellVain(boolean isEnd) throws Refusal {
        Instant now = now();
        write(isEnd ? vain.rest() : vain.over(now));
    }

    private Given open(
            EnrolmentRecords records,
            Invitation invitation,
            byte[] der,
            String name,
            boolean isNameFixed,
            String from,
            Instant now)
            throws Refusal, SQLException {
        requireDeclared(records, invitation.segment());
        CertificateRequest request = CertificateRequest.read(der);
        Optional<PendingJoin> waiting = records.pending(invitation.hash());
        if (waiting.isPresent() && !waiting.get().key().equals(request.keyHash())) {
            throw Refusal.token("another key waits with it for approval");
        }
        if (waiting.isPresent()) {
            refuseTaken(records, waiting.get());
        }
        SpiffeId identity = waiting.isPresent()
                ? waiting.get().identity()
                : invitation.agent().isPresent()
                        ? identity(invitation.segment(), invitation.agent().get())
                        : free(records, invitation.segment(), name, isNameFixed, now);
        if (!isApprovalRequired || waiting.filter(PendingJoin::isApproved).isPresent()) {
            return spend(records, invitation, request, identity, "address " + from, now);
        }
        List<PendingJoin> all = records.pending(now);
        return waiting.isPresent()
                ? Given.waiting(waiting.get(), all.size())
                : Given.waiting(queued(records, invitation, request, identity, from, now, all), all.size() + 1);
    }

    private static void refuseTaken(EnrolmentRecords records, PendingJoin waiting) throws Refusal, SQLException {
        Optional<Instant> since = NameTaken.since(records, waiting);
        if (since.isPresent()) {
            throw Refusal.taken("the name " + waiting.identity().name() + " is another host's since " + since.get()
                    + ", while this one waited for approval; ask for another invitation");
        }
    }

    private static PendingJoin queued(
            EnrolmentRecords records,
            Invitation invitation,
            CertificateRequest request,
            SpiffeId identity,
            String from,
            Instant now,
            List<PendingJoin> before)
            throws Refusal, SQLException {
        refuseRevoked(records, identity);
        if (before.size() >= MOST_PENDING) {
            throw Refusal.tooOften(MOST_PENDING + " hosts wait for approval, and no more may; try again later");
        }
        PendingJoin pending = new PendingJoin(
                invitation.hash(), identity, request.keyHash(), from, now, invitation.endsAt(), Optional.empty());
        records.add(pending);
        records.audit(
                now,
                "address " + from,
                What.JOIN_PENDING,
                identity.toString(),
                "invitation " + invitation.id() + " of " + invitation.createdBy() + ", key " + pending.fingerprint());
        return pending;
    }

    /** Whoever waited is told that it was denied; to others the token just opens nothing. */
    private static Refusal closed(EnrolmentRecords records, Invitation invitation, byte[] der, Instant now)
            throws SQLException {
        Optional<PendingJoin> denied =
                records.pending(invitation.hash()).filter(PendingJoin::isDenied).filter(p -> isKey(der, p.key()));
        return denied.flatMap(PendingJoin::decision)
                .map(d -> Refusal.notNow("an operator denied this host"
                        + (d.because().isEmpty() ? "" : ": " + d.because()) + "; ask for another invitation"))
                .orElseGet(() -> Refusal.token("the invitation " + invitation.said(now)));
    }

    private Given spend(
            EnrolmentRecords records,
            Invitation invitation,
            CertificateRequest request,
            SpiffeId identity,
            String who,
            Instant now)
            throws Refusal, SQLException {
        Optional<KnownAgent> before = refuseRevoked(records, identity);
        X509Certificate certificate = certified(records, identity, request, now);
        byte[] encoded = encoded(certificate);
        if (!records.use(invitation, new Use(identity.toString(), now, request.keyHash(), Bytes.of(encoded)))) {
            throw Refusal.token("it was used a moment before");
        }
        keep(records, identity, before, certificate, now);
        // Whoever has an earlier key renews no more.
        records.save(identity, new RenewalKeys(RenewalKeys.hash(certificate), Optional.empty()));
        records.audit(
                now,
                who,
                What.JOINED,
                identity.toString(),
                "invitation " + invitation.id() + " of " + invitation.createdBy() + ", certificate until "
                        + certificate.getNotAfter().toInstant()
                        + (before.isPresent() ? ", in place of an earlier key" : ""));
        return Given.certificate(Bytes.of(encoded), true);
    }

    /** An answer that was lost: whoever has the key that was certified is told its certificate, and nobody else is. */
    private static Given again(EnrolmentRecords records, Invitation invitation, byte[] der, String who, Instant now)
            throws Refusal, SQLException {
        Use use = invitation.used().orElseThrow();
        Refusal refusal = Refusal.token("the invitation " + invitation.said(now));
        if (!now.isBefore(invitation.endsAt())
                || !isKey(der, use.key())
                || records.agent(SpiffeId.parse(use.identity()))
                        .flatMap(KnownAgent::revoked)
                        .isPresent()) {
            throw refusal;
        }
        records.audit(now, who, What.JOINED_AGAIN, use.identity(), "the same key asked for its certificate once more");
        return Given.certificate(use.certificate(), false);
    }

    private static boolean isKey(byte[] der, Sha256 key) {
        try {
            return CertificateRequest.read(der).keyHash().equals(key);
        } catch (Refusal e) {
            // A stranger learns nothing of a used token, not even that the request is wrong.
            return false;
        }
    }

    /**
     * Another certificate for an agent that has one, whose connection proved it with its latest key, or with the one before,
     * since an answer may have been lost.
     *
     * @return the certificate in DER
     */
    byte[] renew(Caller caller, byte[] der) throws Refusal {
        Instant now = now();
        SpiffeId identity = caller.identity();
        Optional<byte[]> given;
        try {
            CertificateRequest request = CertificateRequest.read(der);
            given = file.change(records -> renewed(records, caller, request, now));
        } catch (Refusal e) {
            write(List.of(
                    new Repeats.Line(now, identity.toString(), What.RENEWAL_REFUSED, identity.toString(), e.truth())));
            throw e;
        }
        return given.orElseThrow(
                () -> Refusal.notNow("the certificate of " + identity + " was renewed since for another"
                        + " key, and this connection's key renews no more: it was copied, or an older copy of the agent's folder"
                        + " came back; see plumbline audit, and ask for a token that lets the host come back (plumbline invite"
                        + " --segment " + identity.segment().orElseThrow() + " --agent " + identity.name() + ")"));
    }

    /** Empty, and written down, when the connection's key is an outdated one. */
    private Optional<byte[]> renewed(EnrolmentRecords records, Caller caller, CertificateRequest request, Instant now)
            throws Refusal, SQLException {
        SpiffeId identity = caller.identity();
        requireDeclared(records, identity.segment().orElseThrow());
        Optional<KnownAgent> before = refuseRevoked(records, identity);
        Sha256 asking = RenewalKeys.hash(caller.certificate());
        Optional<RenewalKeys> keys = records.renewalKeys(identity);
        if (keys.isPresent() && !keys.get().admit(asking)) {
            records.audit(
                    now,
                    "address " + caller.address(),
                    What.SECOND_KEY,
                    identity.toString(),
                    "a renewal asked with a key that is neither the latest nor the one before, of a certificate until "
                            + caller.certificateEnds());
            return Optional.empty();
        }
        // A file that was made before it kept this knows several keys and no order: the first to renew settles it.
        if (keys.isEmpty() && !records.isCertified(asking, identity)) {
            throw Refusal.notNow(
                    "this collector never gave " + identity + " the certificate of this connection: one that"
                            + " was issued by hand is not renewed; ask for a token (plumbline invite --segment "
                            + identity.segment().orElseThrow() + " --agent " + identity.name() + ")");
        }
        X509Certificate certificate = certified(records, identity, request, now);
        keep(records, identity, before, certificate, now);
        records.save(identity, new RenewalKeys(RenewalKeys.hash(certificate), Optional.of(asking)));
        boolean isRepeat = keys.filter(k -> k.isBefore(asking)).isPresent();
        records.audit(
                now,
                identity.toString(),
                What.RENEWED,
                identity.toString(),
                "certificate until " + certificate.getNotAfter().toInstant()
                        + (isRepeat ? ", asked once more with the key before, in place of the latest" : ""));
        return Optional.of(encoded(certificate));
    }

    private X509Certificate certified(
            EnrolmentRecords records, SpiffeId identity, CertificateRequest request, Instant now)
            throws Refusal, SQLException {
        Instant ends = authority.chain().ends();
        if (!now.isBefore(ends)) {
            throw Refusal.notNow(
                    "the site's authority ended on " + ends + ", and what it issues holds no longer; put a new"
                            + " one in its place (enrolment.authority) and start the collector anew");
        }
        if (!records.certify(request.keyHash(), identity)) {
            throw Refusal.invalid("the key of the request had a certificate before; make a new key");
        }
        return authority.agent(identity, request.key(), now);
    }

    private static void keep(
            EnrolmentRecords records,
            SpiffeId identity,
            Optional<KnownAgent> before,
            X509Certificate certificate,
            Instant now)
            throws SQLException {
        records.save(new KnownAgent(
                identity,
                before.map(KnownAgent::since).orElse(now),
                Optional.of(certificate.getNotAfter().toInstant()),
                Optional.empty()));
    }

    private SpiffeId free(EnrolmentRecords records, SegmentId segment, String wanted, boolean isFixed, Instant now)
            throws Refusal, SQLException {
        Set<SpiffeId> held =
                records.pending(now).stream().map(PendingJoin::identity).collect(Collectors.toSet());
        SpiffeId first = identity(segment, wanted);
        if (records.agent(first).isEmpty() && !held.contains(first)) {
            return first;
        }
        if (isFixed) {
            throw Refusal.taken(
                    "segment " + segment + " has an agent " + wanted + " already; give another --name, or ask"
                            + " for a token that lets it come back (plumbline invite --segment " + segment + " --agent "
                            + wanted + ")");
        }
        for (int i = 2; i <= NAMESAKES; i++) {
            String end = "-" + i;
            SpiffeId next = identity(
                    segment, wanted.substring(0, Math.min(wanted.length(), LONGEST_NAME - end.length())) + end);
            if (records.agent(next).isEmpty() && !held.contains(next)) {
                return next;
            }
        }
        throw Refusal.taken(
                "segment " + segment + " has " + NAMESAKES + " agents of the name " + wanted + "; give --name");
    }

    private static Optional<KnownAgent> refuseRevoked(EnrolmentRecords records, SpiffeId identity)
            throws Refusal, SQLException {
        Optional<KnownAgent> known = records.agent(identity);
        if (known.flatMap(KnownAgent::revoked).isPresent()) {
            throw Refusal.notNow(identity + " was revoked, which is for ever; give the host another name");
        }
        return known;
    }

    private SpiffeId identity(SegmentId segment, String name) throws Refusal {
        // What is refused is repeated in logs: no line of a stranger's making gets there.
        if (!PRINTABLE.matcher(name).matches()) {
            throw Refusal.invalid("an agent's name has 1 to 63 lower-case letters, digits and hyphens");
        }
        try {
            return SpiffeId.agent(site.get().domain(), site.get().id(), segment, new AgentId(segment, name).name());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The site in force hears of a removal when it is in the file: whoever comes in between is answered by the file. */
    private void requireDeclared(EnrolmentRecords records, SegmentId segment) throws Refusal, SQLException {
        if (site.get().segment(segment).isEmpty() || records.isRemoved(segment)) {
            throw Refusal.invalid("segment " + segment + " is not declared in the collector's site");
        }
    }

    /** In DER, what has to be shown after each certificate that is given. */
    List<byte[]> below() {
        return authority.below().stream().map(Enrolment::encoded).toList();
    }

    /** As exact as the file keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made has an encoding", e);
        }
    }
}
