package dev.plumbline.agent.hold;

import dev.plumbline.words.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which age comes next on one port: up the ladder while everything lives; what was cut once more, since a box that is
 * restarted cuts all that is open; then between the oldest that lived and the youngest that was cut, until that is narrow
 * enough. Pure: told how holds ended, it names the next age. Of what contradicts itself the latest counts, for boxes are
 * reconfigured.
 */
final class AgeSearch {
    private static final Duration NARROW = Duration.ofSeconds(5);

    private final List<Duration> ladder;
    private Duration lived = Duration.ZERO;
    private Optional<Duration> cut = Optional.empty();
    private boolean toldItsAge;
    private boolean cutAgain;

    /** @param ladder at least one age, ascending */
    AgeSearch(List<Duration> ladder) {
        if (ladder.isEmpty()) {
            throw new IllegalArgumentException("a ladder has at least one age");
        }
        this.ladder = List.copyOf(ladder);
    }

    Duration next() {
        if (cut.isEmpty()) {
            return ladder.stream()
                    .filter(age -> age.compareTo(lived) > 0)
                    .findFirst()
                    .orElse(ladder.get(ladder.size() - 1));
        }
        Duration youngest = cut.get();
        if (!cutAgain && !toldItsAge) {
            return youngest;
        }
        if (!isNarrow()) {
            return Duration.ofSeconds(lived.plus(youngest).toSeconds() / 2);
        }
        // Again, to see whether it still is so; past the very moment where the end came by itself.
        return toldItsAge ? youngest.plus(tolerance(youngest)) : youngest;
    }

    void learn(Hold hold) {
        switch (hold.end()) {
            case ALIVE -> lived(hold.idle());
            case SILENT_AFTER_WRITE, RESET_AFTER_WRITE -> cut(hold.idle(), false);
            case RESET, CLOSED -> cut(hold.idle(), true);
            case LOCAL, NOT_MEASURED, UNKNOWN -> {}
        }
    }

    /** True when a cut is known to within 10 % or 5 s. */
    boolean isNarrow() {
        return cut.isPresent() && cut.get().minus(lived).compareTo(tolerance(cut.get())) <= 0;
    }

    private void lived(Duration age) {
        if (cut.isPresent() && age.compareTo(cut.get()) >= 0) {
            cut = Optional.empty();
            lived = age;
        } else if (age.compareTo(lived) > 0) {
            lived = age;
        }
    }

    private void cut(Duration age, boolean byItself) {
        cutAgain = cut.isPresent();
        if (age.compareTo(lived) <= 0) {
            lived = Duration.ZERO;
        }
        if (cut.isEmpty() || byItself || age.compareTo(cut.get()) <= 0) {
            cut = Optional.of(age);
            toldItsAge = byItself;
        }
        Duration before = age.minus(tolerance(age));
        if (byItself && before.compareTo(lived) > 0) {
            lived = before; // it stood until then, so there is nothing to halve
        }
    }

    private static Duration tolerance(Duration age) {
        Duration tenth = age.dividedBy(10);
        return tenth.compareTo(NARROW) > 0 ? tenth : NARROW;
    }
}
