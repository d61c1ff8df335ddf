package dev.plumbline.collector.web;

import dev.plumbline.collector.query.Facts;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.words.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an agent is. Pure.
 *
 * @param clock how far its clock is from the collector's; empty = it did not say
 * @param spool what it lost, and how late it is
 * @param certificate until when it is good; empty = not told to who asks, or not known
 */
public record Health(
        String segment,
        String name,
        Mark mark,
        String standing,
        String heard,
        String version,
        String platform,
        String clock,
        boolean isClockWrong,
        String spool,
        boolean isSpoolBad,
        String certificate,
        boolean isEnding) {
    /** As the rule of clocks has it. */
    private static final Duration LARGEST_OFFSET = Duration.ofSeconds(5);

    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Duration ENDING = Duration.ofDays(14);

    static Health of(
            String segment,
            AgentStatus agent,
            Optional<Facts.Self> self,
            Optional<EnrolledAgent> enrolled,
            Instant now) {
        Optional<Surroundings.ClockOffset> offset =
                self.flatMap(s -> s.summary().environment().surroundings().clockOffset());
        Optional<Duration> late = self.map(s -> Duration.between(s.summary().endedAt(), s.receivedAt()));
        boolean isLate = late.filter(l -> l.compareTo(LATE) > 0).isPresent();
        Optional<Instant> ends = enrolled.filter(EnrolledAgent::hasCertificateEndsAt)
                .map(e -> Instant.ofEpochSecond(e.getCertificateEndsAt().getSeconds()));
        boolean isRevoked = enrolled.filter(EnrolledAgent::hasRevokedAt).isPresent();
        boolean isCloned = enrolled.filter(EnrolledAgent::getIsCloned).isPresent();
        return new Health(
                segment,
                agent.getName(),
                isRevoked || isCloned
                        ? Mark.BLOCKED
                        : !agent.getConnected()
                                ? Mark.DOWN
                                : agent.getUnfitReason().isEmpty() ? Mark.OK : Mark.INSUFFICIENT,
                isRevoked
                        ? "revoked"
                        : isCloned
                                ? "one key on several hosts"
                                : !agent.getConnected()
                                        ? "not connected"
                                        : agent.getUnfitReason().isEmpty()
                                                ? "connected"
                                                : "unfit: " + agent.getUnfitReason(),
                agent.hasLastHeardAt() ? Times.text(agent.getLastHeardAt()) : "never",
                agent.getVersion(),
                self.map(s -> s.summary().environment().platform()).orElse(""),
                offset.map(Health::said).orElse(""),
                offset.filter(o -> o.offset().abs().compareTo(LARGEST_OFFSET) > 0)
                        .isPresent(),
                (agent.getLostObservations() == 0 ? "nothing lost" : agent.getLostObservations() + " observations lost")
                        + late.filter(l -> isLate)
                                .map(l -> ", " + Times.length(l) + " late")
                                .orElse(""),
                agent.getLostObservations() > 0 || isLate,
                ends.map(Times::text).orElse(""),
                ends.filter(e -> e.isBefore(now.plus(ENDING))).isPresent());
    }

    private static String said(Surroundings.ClockOffset clock) {
        return (clock.offset().isNegative() ? "ahead by " : "behind by ")
                + clock.offset().abs().toMillis() + " ms, ± " + clock.bound().toMillis() + " ms";
    }
}
