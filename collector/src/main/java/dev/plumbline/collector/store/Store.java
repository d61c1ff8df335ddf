package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The projections of the journal. One thread writes, any number read; a reader sees whole rounds only. All methods throw
 * {@link StoreException} when the medium fails.
 */
public interface Store extends AutoCloseable {
    /** Writes what a round changed and the judge's position in one transaction. Writing the same again changes nothing. */
    void apply(RoundChange change);

    /**
     * Writes what became of the site: incidents in their new form, and of segments that are gone nothing is kept but incidents and
     * runs. Writing the same again changes nothing.
     */
    void leave(List<Incident> incidents, Collection<SegmentId> gone);

    /** Writes that nobody asks for these cells any more since a time. Writing the same again changes nothing. */
    void end(Collection<Cell> unasked, Instant at);

    /** Writes that a closing changed nothing. */
    void pass(long closing);

    /** Id of the journal's latest closing that is contained in the store; 0 at the beginning. */
    long closing();

    /** Journal position up to which nothing needs to be read again; 0 at the beginning. */
    long position();

    /** Number of the earliest round whose facts still count; 0 at the beginning. */
    long horizon();

    /** What was over before this was deleted by policy; the epoch where nothing was. */
    Instant keptFrom();

    /**
     * Deletes findings that were closed, and runs of equal facts that ended, before a time. Open findings stay, with the runs of
     * what they are about since a day before they were opened.
     */
    Forgotten forget(Instant before);

    /** Rounds whose facts may still lie beyond {@link #position()}, in order. */
    List<ClosedRound> closedRounds();

    /** The latest round that each segment was heard in. */
    Map<SegmentId, Long> latestRounds();

    List<Incident> openIncidents();

    /** Those that were closed at this time or later, latest opened first. */
    List<Incident> incidentsClosedSince(Instant since);

    /** Open and closed ones, latest opened first. */
    List<Incident> incidents();

    /** Latest cells in order of segment and target. */
    List<Cell> cells();

    /** The same as they are told, without what explains them: that is the larger part of each. */
    List<dev.plumbline.v1.Cell> shownCells();

    Optional<Cell> cell(SegmentId segment, TargetId target);

    /** Latest requirements in the judge's order. */
    List<Requirement> requirements(SegmentId segment);

    List<AgentReport> reports();

    /** Oldest first. */
    List<Run> runs(AgentId agent, TargetId target);

    /** Another number after each change. */
    long version();

    /** From when on {@code at} has an answer; empty where no round has closed yet. */
    Optional<Instant> rememberedFrom();

    /**
     * The latest round that each segment had been heard in by then. Of rounds that followed each other only the first and the last
     * closing are kept: those between are taken to have been closed as long after they began as the first.
     */
    Map<SegmentId, Long> latestRounds(Instant at);

    /** Open and closed ones as they were then, latest opened first. */
    List<Incident> incidents(Instant at);

    /** Cells as they were then, in order of segment and target. */
    List<Spell> cells(Instant at);

    /** Those of one segment as they are told, without what explains them, each with since when it had been so. */
    List<dev.plumbline.v1.Cell> shownCells(SegmentId segment, Instant at);

    Optional<Spell> cell(SegmentId segment, TargetId target, Instant at);

    /**
     * What one target was from one time to another, oldest first: what it was at the first, and each change. Cells are without
     * what explains them.
     */
    Spells spells(SegmentId segment, TargetId target, Instant from, Instant to);

    /**
     * When the segment was not heard between two times, the latest thousand of them, oldest first.
     *
     * @param patience how old its latest round may be
     */
    List<Unheard> unheard(SegmentId segment, Duration patience, Instant from, Instant to);

    /** The same, with the time before which it may not be all. */
    Pauses pauses(SegmentId segment, Duration patience, Instant from, Instant to);

    /** Requirements as they were then, in the judge's order. */
    List<Requirement> requirements(SegmentId segment, Instant at);

    /** All requirements of a segment from one time to another, each time in the judge's order. */
    HeldTimes<List<Requirement>> requirements(SegmentId segment, Instant from, Instant to);

    /** What one incident was from one time to another. */
    HeldTimes<Incident> incident(String id, Instant from, Instant to);

    /** Segments whose requirements changed after one time and up to another. */
    Set<SegmentId> requirementsChanged(Instant after, Instant to);

    /** What the segment saw of the target's pool in the last week or more, in order of member. */
    List<PoolSight> pool(SegmentId segment, TargetId target);

    @Override
    void close();
}
