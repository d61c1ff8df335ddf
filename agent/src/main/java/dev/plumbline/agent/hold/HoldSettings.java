package dev.plumbline.agent.hold;

import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code hold} of the agent's configuration.
 *
 * @param ages key {@code ages}: how long connections are left quiet, ascending
 * @param ports key {@code ports}: the ports of one courier each; an empty list holds to no courier
 * @param pause key {@code pause}: between two holds of a port
 */
public record HoldSettings(List<Duration> ages, List<Integer> ports, Duration pause) {
    private static final Duration LONGEST = Duration.ofHours(2);

    public static final HoldSettings STANDARD = new HoldSettings(
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(60)),
            List.of(5223, 443),
            Duration.ofSeconds(10));

    /** No connection is held. */
    public static final HoldSettings NONE = new HoldSettings(STANDARD.ages, List.of(), STANDARD.pause);

    public HoldSettings {
        ages = ages.stream().sorted().distinct().toList();
        ports = List.copyOf(ports);
        if (ages.isEmpty()) {
            throw new IllegalArgumentException("at least one age is needed");
        }
    }

    public static HoldSettings read(Section section) {
        List<Duration> ages = section.values("ages", HoldSettings::age);
        List<Integer> ports = section.values("ports", HoldSettings::port);
        if (section.has("ages") && ages.isEmpty()) {
            section.problem("ages", "needs at least one age, such as 30s; to hold nothing, write ports: []");
        }
        return new HoldSettings(
                ages.isEmpty() ? STANDARD.ages : ages,
                section.has("ports") ? ports : STANDARD.ports,
                section.duration("pause", STANDARD.pause));
    }

    /**
     * An age as it is written.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static Duration age(String text) {
        Duration age = Durations.parse(text);
        if (age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is not between 1s and 2h");
        }
        return age;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("'" + text + "' is no port; write one from 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
