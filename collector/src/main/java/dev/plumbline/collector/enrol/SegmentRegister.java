package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.Declarations;
import dev.plumbline.collector.declared.Overlaps;
import dev.plumbline.collector.declared.SegmentChange;
import dev.plumbline.collector.declared.SegmentChange.Kind;
import dev.plumbline.collector.declared.WrittenSite;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.words.SegmentId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the site's segments while the collector runs. A change is in the file, with its line of the audit log, before anybody
 * goes by it; what stands in the configuration is changed there and nowhere else. Any thread.
 */
public final class SegmentRegister {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRegister.class);
    private static final int MOST_SEGMENTS = 256;

    private final EnrolmentFile file;
    private final WrittenSite written;
    private final InForce inForce;
    private final Agents agents;
    private final TokenRegister tokens;
    private final Clock clock;
    private final Clock host;
    private final List<SegmentChange> changes;

    private SegmentRegister(
            EnrolmentFile file,
            WrittenSite written,
            InForce inForce,
            Agents agents,
            TokenRegister tokens,
            Clock clock,
            Clock host,
            List<SegmentChange> changes) {
        this.file = file;
        this.written = written;
        this.inForce = inForce;
        this.agents = agents;
        this.tokens = tokens;
        this.clock = clock;
        this.host = host;
        this.changes = new ArrayList<>(changes);
    }

    /** Whoever goes by the site. Called with a lock held, one change after the other. */
    public interface InForce {
        /** Sentences that say why nobody can go by it; none where one can. */
        List<String> contradictions(Site site);

        /** From now on this is the site. */
        void rule(Site site);
    }

    /**
     * The changes so far. A segment that was added by command and stands in the configuration now gives way to what is written there,
     * for good: that is entered. So is that one which was removed by command is written now: whose last change is a removal is no
     * segment ({@link EnrolmentRecords#isRemoved}).
     */
    public static List<SegmentChange> settled(EnrolmentFile file, WrittenSite written, Clock clock) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<SegmentChange> before = file.read(EnrolmentRecords::segmentChanges);
        Map<SegmentId, String> taken = written.takenOver(before);
        for (Map.Entry<SegmentId, String> one : taken.entrySet()) {
            LOG.warn(
                    "segment {} was added by command and stands in {} now: what is written there counts from now on",
                    one.getKey(),
                    one.getValue());
            enter(
                    file,
                    new SegmentChange(0, now, one.getValue(), Kind.WRITTEN, one.getKey(), Optional.empty()),
                    What.SEGMENT_WRITTEN,
                    "it was added by command; what is written counts from now on");
        }
        for (Map.Entry<SegmentId, String> one :
                written.writtenAfterRemoval(before).entrySet()) {
            enter(
                    file,
                    new SegmentChange(0, now, one.getValue(), Kind.WRITTEN, one.getKey(), Optional.empty()),
                    What.SEGMENT_WRITTEN,
                    "it was removed by command, and is written now");
        }
        return file.read(EnrolmentRecords::segmentChanges);
    }

    private static void enter(EnrolmentFile file, SegmentChange change, What what, String detail) {
        try {
            file.change(records -> {
                records.add(change);
                records.audit(change.at(), change.who(), what, change.segment().value(), detail);
                return change;
            });
        } catch (Refusal e) {
            throw new IllegalStateException("an entry refuses nothing", e);
        }
    }

    /**
     * @param changes those that {@link #settled} gave
     * @param clock the site's time, by which segments change
     * @param host by which invitations end
     */
    public static SegmentRegister open(
            EnrolmentFile file,
            WrittenSite written,
            List<SegmentChange> changes,
            InForce inForce,
            Agents agents,
            TokenRegister tokens,
            Clock clock,
            Clock host) {
        return new SegmentRegister(file, written, inForce, agents, tokens, clock, host, changes);
    }

    /** @param notes sentences for whoever asked */
    record Changed(Segment segment, List<String> notes) {}

    synchronized Changed add(SegmentDeclaration declaration, String who) throws Refusal {
        Segment segment = valid(() -> Declarations.segment(declaration));
        Optional<String> place = written.place(segment.id());
        if (place.isPresent()) {
            throw Refusal.taken("segment " + segment.id() + " stands in " + place.get() + "; change it there");
        }
        Site now = site();
        if (now.segment(segment.id()).isPresent()) {
            throw Refusal.taken("segment " + segment.id() + " is declared already; plumbline segment edit "
                    + segment.id() + " changes it");
        }
        if (now.segments().size() >= MOST_SEGMENTS) {
            throw Refusal.notNow("the site has " + MOST_SEGMENTS + " segments, and no more can be added by command");
        }
        return declare(Kind.ADDED, What.SEGMENT_ADDED, segment, who, Declarations.said(segment));
    }

    /** @param fields of the declaration that are to be changed */
    synchronized Changed edit(SegmentDeclaration declaration, Set<String> fields, String who) throws Refusal {
        Segment before = administered(valid(() -> new SegmentId(declaration.getId())), "edited");
        Segment after = valid(() -> Declarations.changed(before, declaration, fields));
        if (after.equals(before)) {
            return new Changed(before, List.of("segment " + before.id() + " was so already; nothing is changed"));
        }
        return declare(
                Kind.EDITED,
                What.SEGMENT_EDITED,
                after,
                who,
                "from " + Declarations.said(before) + " to " + Declarations.said(after));
    }

    private Changed declare(Kind kind, What what, Segment segment, String who, String said) throws Refusal {
        SegmentChange change =
                new SegmentChange(changes.size() + 1L, now(), who, kind, segment.id(), Optional.of(segment));
        Site next = written.after(plus(change));
        List<String> wrong = inForce.contradictions(next);
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong.get(0));
        }
        tokens.whileNoneIsGiven(() -> file.change(records -> {
            records.add(change);
            records.audit(change.at(), who, what, segment.id().value(), said);
            if (kind == Kind.ADDED) {
                // It may have stood in the configuration once, and that its tokens are not for this one may not be
                // written down yet.
                records.tokens().leave(segment.id(), new Invitation.Deed(who, change.at()));
            }
            return change;
        }));
        if (kind == Kind.ADDED) {
            tokens.leave(segment.id());
        }
        changes.add(change);
        LOG.info("segment {} was {} by {}: {}", segment.id(), kind, who, said);
        inForce.rule(next);
        return new Changed(segment, Overlaps.of(segment, next));
    }

    /** What a removal did. */
    record Removed(Segment segment, int endedStreams, Taken taken) {}

    /** What was given of a segment and taken back with it. */
    record Taken(int invitations, TokenRecords.Left tokens) {}

    /** @param force also while agents of it are connected */
    synchronized Removed remove(String id, boolean force, String who) throws Refusal {
        Segment segment = administered(valid(() -> new SegmentId(id)), "removed");
        List<ConnectedAgent> connected = agents.connected().stream()
                .filter(a -> a.segment().equals(segment.id()))
                .toList();
        if (!connected.isEmpty() && !force) {
            throw Refusal.notNow("agents of segment " + segment.id() + " are connected ("
                    + connected.stream().map(ConnectedAgent::name).distinct().collect(Collectors.joining(", "))
                    + "); stop them first, or give --force to end their streams and refuse them");
        }
        SegmentChange change =
                new SegmentChange(changes.size() + 1L, now(), who, Kind.REMOVED, segment.id(), Optional.empty());
        return tokens.whileNoneIsGiven(() -> {
            Taken taken = file.change(records -> removed(records, change, segment, connected.size()));
            changes.add(change);
            LOG.info("segment {} was removed by {}", segment.id(), who);
            tokens.leave(segment.id());
            inForce.rule(site());
            return new Removed(segment, connected.size(), taken);
        });
    }

    /** With all that was given of it: else that would open a segment of the same id that is added later. */
    private Taken removed(EnrolmentRecords records, SegmentChange change, Segment segment, int streams)
            throws SQLException {
        records.add(change);
        Taken taken = new Taken(
                revokeInvitations(
                        records, segment.id(), change.who(), host.instant().truncatedTo(ChronoUnit.MILLIS)),
                records.tokens().leave(segment.id(), new Invitation.Deed(change.who(), change.at())));
        records.audit(
                change.at(),
                change.who(),
                What.SEGMENT_REMOVED,
                segment.id().value(),
                "it was " + Declarations.said(segment) + "; streams ended: " + streams + ", invitations taken back: "
                        + taken.invitations() + ", tokens revoked: "
                        + taken.tokens().revoked() + ", narrowed: "
                        + taken.tokens().narrowed());
        return taken;
    }

    private static int revokeInvitations(EnrolmentRecords records, SegmentId segment, String who, Instant now)
            throws SQLException {
        int revoked = 0;
        for (Invitation invitation : records.invitations()) {
            if (invitation.segment().equals(segment) && invitation.state(now) == Invitation.State.OPEN) {
                records.revoke(invitation, new Invitation.Deed(who, now));
                records.audit(
                        now,
                        who,
                        What.INVITATION_REVOKED,
                        invitation.id(),
                        "segment " + segment + ", which was removed");
                revoked++;
            }
        }
        return revoked;
    }

    private Segment administered(SegmentId id, String done) throws Refusal {
        Optional<String> place = written.place(id);
        if (place.isPresent()) {
            throw Refusal.notNow("segment " + id + " stands in " + place.get() + " and is " + done
                    + " there: change the file and restart the collector");
        }
        return site().segment(id)
                .orElseThrow(() -> Refusal.notFound("no segment '" + id + "' is declared; declared are "
                        + site().segments().stream().map(s -> s.id().value()).collect(Collectors.joining(", "))));
    }

    private Site site() {
        return written.after(changes);
    }

    private List<SegmentChange> plus(SegmentChange change) {
        List<SegmentChange> all = new ArrayList<>(changes);
        all.add(change);
        return all;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static <T> T valid(Supplier<T> reading) throws Refusal {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }
}
