package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.List;
import java.util.Optional;

/** The segment reaches what its site says that it must not reach. */
final class OutboundOpen implements Rule {
    @Override
    public String id() {
        return Denial.RULE;
    }

    @Override
    public boolean asksWhatPasses() {
        return true;
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        return Denial.of(segment, elsewhere).stream()
                .filter(d -> d.outcome() == Denial.Outcome.REACHED)
                .map(d -> new Claim(id(), Mechanism.OUTBOUND_OPEN, Optional.of(d.scope()), d.reached(), d.because()))
                .toList();
    }
}
