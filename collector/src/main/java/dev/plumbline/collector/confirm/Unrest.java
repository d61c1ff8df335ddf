package dev.plumbline.collector.confirm;

/**
 * Silence that comes and goes: while a server, a host or a line is overwhelmed, targets are silent that answer a moment later.
 * How likely it is that a target drawn by chance stays silent at every try is told by the round itself, in two ways, and the
 * likelier counts: either each try is drawn by itself, as often as a try was silent before one that was answered; or one jam
 * lasts longer than all tries of a target, and meets as many as were silent throughout and follow no rule.
 *
 * @param unsteady targets that were silent in one try and answered in another
 * @param silent other targets that were silent in every try, without those whose silence is explained
 * @param asked targets, those too
 */
public record Unrest(int unsteady, int silent, int asked) {
    /** How many standard deviations more may have been drawn than were seen to be. */
    private static final double MORE = 1.5;

    public Unrest {
        if (unsteady < 0 || silent < 0 || Math.max(unsteady, silent) > asked) {
            throw new IllegalArgumentException(
                    unsteady + " unsteady and " + silent + " silent targets cannot be among " + asked);
        }
    }

    /** What the silence of one target weighs in this round, however many addresses it has: they are asked at the same moment. */
    public double weight(int tries) {
        return Math.min(-tries * Math.log(share(unsteady)), -Math.log(share(silent)));
    }

    /** As high as what was seen permits. */
    private double share(int seen) {
        return Math.min(1, (seen + 1 + MORE * Math.sqrt(seen + 1)) / (asked + 2));
    }
}
