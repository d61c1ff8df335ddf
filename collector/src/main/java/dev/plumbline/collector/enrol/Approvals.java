package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.enrol.Invitation.Deed;
import dev.plumbline.collector.enrol.PendingJoin.Decision;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.SegmentId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What operators say to hosts that wait. The host comes for its certificate itself; until then nothing is issued. Any thread. */
final class Approvals {
    private final EnrolmentFile file;
    private final Supplier<Site> site;
    private final Clock clock;

    Approvals(EnrolmentFile file, Supplier<Site> site, Clock clock) {
        this.file = file;
        this.site = site;
        this.clock = clock;
    }

    /** Who came first stands first. */
    List<PendingJoin> pending() {
        return file.read(records -> records.pending(now()));
    }

    /** @param fingerprint of the key that is meant; empty = whatever it is */
    PendingJoin approve(SegmentId segment, String name, String fingerprint, String who) throws Refusal {
        Instant now = now();
        return file.change(records -> {
            PendingJoin pending = meant(records, segment, name, fingerprint, now);
            refuseTaken(records, pending);
            if (pending.isApproved()) {
                return pending;
            }
            Decision decision = new Decision(true, who, now, "");
            records.decide(pending, decision);
            records.audit(now, who, What.JOIN_APPROVED, pending.identity().toString(), "key " + pending.fingerprint());
            return pending.decided(decision);
        });
    }

    private static void refuseTaken(EnrolmentRecords records, PendingJoin pending) throws Refusal, SQLException {
        Optional<Instant> since = NameTaken.since(records, pending);
        if (since.isPresent()) {
            String place = pending.identity().segment().orElseThrow() + "/"
                    + pending.identity().name();
            throw Refusal.taken(place + " is another host since " + since.get()
                    + ", and the one that waits under its name"
                    + " would take its place: deny it (plumbline deny " + place + " --fingerprint "
                    + pending.fingerprint()
                    + ") and invite it under another name (plumbline invite --segment "
                    + pending.identity().segment().orElseThrow() + "); a host that is to come back under this name asks"
                    + " again with a new invitation (--agent "
                    + pending.identity().name() + ")");
        }
    }

    /** The token opens nothing any more, whoever has it. */
    PendingJoin deny(SegmentId segment, String name, String fingerprint, String because, String who) throws Refusal {
        Instant now = now();
        return file.change(records -> {
            PendingJoin pending = meant(records, segment, name, fingerprint, now);
            Decision decision = new Decision(false, who, now, because);
            records.decide(pending, decision);
            records.revoke(records.invitation(pending.invitation()).orElseThrow(), new Deed(who, now));
            records.audit(
                    now,
                    who,
                    What.JOIN_DENIED,
                    pending.identity().toString(),
                    "key " + pending.fingerprint() + (because.isEmpty() ? "" : ": " + because));
            return pending.decided(decision);
        });
    }

    private PendingJoin meant(EnrolmentRecords records, SegmentId segment, String name, String fingerprint, Instant now)
            throws Refusal, SQLException {
        SpiffeId identity;
        try {
            identity = SpiffeId.agent(site.get().domain(), site.get().id(), segment, name);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
        String place = segment + "/" + name;
        List<PendingJoin> namesakes = records.pending(now).stream()
                .filter(p -> p.identity().equals(identity))
                .toList();
        if (namesakes.isEmpty()) {
            throw Refusal.notFound("no host waits as " + place + "; see plumbline agents --pending");
        }
        List<PendingJoin> meant = fingerprint.isEmpty() ? namesakes : byKey(namesakes, fingerprint);
        String keys = namesakes.stream().map(p -> p.fingerprint().toString()).collect(Collectors.joining(", "));
        if (meant.isEmpty()) {
            throw Refusal.notNow("the host that waits as " + place + " has the key " + keys
                    + ", not the one that was given: it is another host, or the fingerprint was read wrong");
        }
        if (meant.size() > 1) {
            throw Refusal.notNow(
                    "several hosts wait as " + place + "; name the key that is meant (--fingerprint): " + keys);
        }
        return meant.get(0);
    }

    private static List<PendingJoin> byKey(List<PendingJoin> namesakes, String fingerprint) throws Refusal {
        try {
            return namesakes.stream()
                    .filter(p -> p.fingerprint().isMeantBy(fingerprint))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
