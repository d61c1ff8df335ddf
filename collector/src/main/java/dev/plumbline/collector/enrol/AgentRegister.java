package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.enrol.Invitation.Deed;
import dev.plumbline.collector.ingest.AgentListener;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.ConnectedAgent;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.SegmentId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is an agent, who is no longer, and what was changed in this. Any thread. */
public final class AgentRegister implements AgentListener {
    /** Hosts of one key come and go: each set of addresses is told once an hour, and so many sets of all keys. */
    private static final int TOLD = 256;

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegister.class);

    private final EnrolmentFile file;
    private final RevokedAgents revoked;
    private final Agents agents;
    private final Site site;
    private final Clock clock;
    private final Repeats seconds = new Repeats(TOLD);

    public AgentRegister(EnrolmentFile file, RevokedAgents revoked, Agents agents, Site site, Clock clock) {
        this.file = file;
        this.revoked = revoked;
        this.agents = agents;
        this.site = site;
        this.clock = clock;
    }

    /** An agent and its streams. */
    record Standing(KnownAgent agent, List<ConnectedAgent> connections) {
        /**
         * Whether two of them live: they were heard since the latest began. The stream that a host left behind when it moved to
         * another address is not heard any more.
         */
        boolean isCloned() {
            Instant latest = connections.stream()
                    .map(ConnectedAgent::since)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
            return connections.stream()
                            .filter(c -> !c.lastHeardAt().isBefore(latest))
                            .count()
                    > 1;
        }
    }

    List<Standing> agents() {
        List<ConnectedAgent> live = agents.connected();
        return file.read(EnrolmentRecords::agents).stream()
                .map(known -> standing(known, live))
                .toList();
    }

    private static Standing standing(KnownAgent known, List<ConnectedAgent> live) {
        return new Standing(
                known,
                live.stream().filter(c -> c.identity().equals(known.identity())).toList());
    }

    /** What a revocation did. */
    record Revoked(KnownAgent agent, int endedStreams) {}

    /** Durable before the streams end: whoever comes back meanwhile, or after a crash, is refused. */
    Revoked revoke(SegmentId segment, String name, String because, String who) throws Refusal {
        SpiffeId identity = identity(segment, name);
        Instant now = now();
        KnownAgent after = file.change(records -> {
            Optional<KnownAgent> before = records.agent(identity);
            if (before.flatMap(KnownAgent::revoked).isPresent()) {
                return before.get();
            }
            KnownAgent changed = new KnownAgent(
                    identity,
                    before.map(KnownAgent::since).orElse(now),
                    before.flatMap(KnownAgent::certificateEnds),
                    Optional.of(new KnownAgent.Revocation(who, now, because)));
            records.save(changed);
            records.audit(now, who, What.AGENT_REVOKED, identity.toString(), because);
            return changed;
        });
        revoked.add(identity);
        return new Revoked(after, agents.end(identity));
    }

    private SpiffeId identity(SegmentId segment, String name) throws Refusal {
        try {
            return SpiffeId.agent(site.domain(), site.id(), segment, name);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The latest first. */
    List<Invitation> invitations() {
        return file.read(EnrolmentRecords::invitations);
    }

    Invitation revokeInvitation(String id, String who) throws Refusal {
        Instant now = now();
        return file.change(records -> {
            Invitation before = records.invitation(id)
                    .orElseThrow(() -> Refusal.notFound("there is no invitation " + id + "; see plumbline invites"));
            if (before.used().isPresent()) {
                throw Refusal.notNow(
                        "invitation " + id + " " + before.said(now) + "; revoke that agent instead (plumbline revoke)");
            }
            if (before.revoked().isEmpty()) {
                records.revoke(before, new Deed(who, now));
                records.audit(now, who, What.INVITATION_REVOKED, id, "segment " + before.segment());
            }
            return records.invitation(id).orElseThrow();
        });
    }

    /** The latest that come before a number, in ascending order. */
    List<AuditEntry> audit(long before, int most) {
        return file.read(records -> records.audit(before, most));
    }

    /** Whose certificate was issued by hand is known from now on; a second stream is written down. */
    @Override
    public void connected(ConnectedAgent agent) {
        try {
            see(agent);
            tellSecond(agent);
        } catch (EnrolmentFileException | Refusal e) {
            // The agent's facts are worth more than this line: it is let in all the same.
            LOG.error("agent {} is not written down: {}", agent.identity(), e.getMessage(), e);
        }
    }

    private void see(ConnectedAgent agent) throws Refusal {
        Instant ends = agent.caller().certificateEnds();
        Optional<KnownAgent> known = file.read(records -> records.agent(agent.identity()));
        boolean isNews =
                known.flatMap(KnownAgent::certificateEnds).map(ends::isAfter).orElse(true);
        if (!isNews) {
            return;
        }
        Instant now = now();
        file.change(records -> {
            Optional<KnownAgent> before = records.agent(agent.identity());
            records.save(new KnownAgent(
                    agent.identity(),
                    before.map(KnownAgent::since).orElse(now),
                    Optional.of(ends),
                    before.flatMap(KnownAgent::revoked)));
            if (before.isEmpty()) {
                records.audit(
                        now,
                        "address " + agent.caller().address(),
                        What.AGENT_SEEN,
                        agent.identity().toString(),
                        "for the first time, with a certificate until " + ends + " that was issued by hand");
            }
            return ends;
        });
    }

    private void tellSecond(ConnectedAgent agent) throws Refusal {
        List<ConnectedAgent> same = agents.connected(agent.identity());
        if (same.size() < 2) {
            return;
        }
        String where = same.stream()
                .map(c -> c.caller().address() + " (installation " + c.incarnation() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        tell(agent, addresses(same), "a stream while another stands, from " + where);
    }

    /** Whoever makes up installations is not told anew for each. */
    private static String addresses(List<ConnectedAgent> agents) {
        return agents.stream()
                .map(c -> c.caller().address())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Never without a line in the log: a copied key is there, and somebody who has it was sent away. */
    @Override
    public void crowded(ConnectedAgent gone, String why) {
        try {
            tell(
                    gone,
                    "crowded " + gone.caller().address(),
                    "the stream of installation " + gone.incarnation() + " was ended: " + why);
        } catch (EnrolmentFileException | Refusal e) {
            LOG.error("agent {} is not written down: {}", gone.identity(), e.getMessage(), e);
        }
    }

    private void tell(ConnectedAgent agent, String kind, String detail) throws Refusal {
        Instant now = now();
        List<Repeats.Line> lines = seconds.note(
                now,
                kind,
                new Repeats.Line(
                        now,
                        "address " + agent.caller().address(),
                        What.SECOND_STREAM,
                        agent.identity().toString(),
                        detail));
        if (!lines.isEmpty()) {
            LOG.warn("agent {}: {}; it moved, or its key was copied", agent.identity(), detail);
            write(lines);
        }
    }

    /** Writes down how often the same came again, when the collector ends. */
    void tellRepeats() throws Refusal {
        write(seconds.rest());
    }

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
            seconds.keep(lines);
            throw e;
        }
    }

    /** As exact as the file keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
