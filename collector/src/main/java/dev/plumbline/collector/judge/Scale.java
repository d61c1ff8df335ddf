package dev.plumbline.collector.judge;

import dev.plumbline.collector.confirm.SilenceWeight;
import dev.plumbline.collector.confirm.Unrest;
import dev.plumbline.collector.evidence.Loss;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import java.util.Collection;

/** What silence weighs in one round: by what is lost, and no more than by what comes and goes where that is more than loss makes. */
final class Scale {
    private final Loss loss;
    private final int unsteady;
    private final int asked;
    private final boolean jammed;

    Scale(SegmentReading reading) {
        this.loss = reading.loss();
        this.unsteady = reading.unsteady();
        this.asked = reading.targets().size();
        this.jammed = reading.isJammed();
    }

    /** Of any points, as if only packets were lost. */
    double byLoss(Collection<PointReading> silent) {
        return SilenceWeight.weight(
                silent.stream().mapToInt(PointReading::silentTries).sum(), loss);
    }

    /**
     * Of the silent points of one target.
     *
     * @param others targets that are silent too, and that nothing explains
     */
    double weight(Collection<PointReading> silent, int others) {
        if (!jammed) {
            return byLoss(silent);
        }
        int tries = silent.stream().mapToInt(PointReading::silentTries).max().orElse(0);
        return Math.min(byLoss(silent), new Unrest(unsteady, others, asked).weight(tries));
    }
}
