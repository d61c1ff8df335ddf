package dev.plumbline.deploy.scenarios;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One fault to be turned on.
 *
 * @param place segment, {@code core} or {@code inet}
 * @param argument empty = the lab's own default
 */
record Setting(String place, String scenario, String argument) {
    /** How the lab names a firewall that forgets quiet connections; its argument is the idle time in seconds. */
    private static final String REAPER = "reaper";

    private static final Duration USUAL_IDLE = Duration.ofSeconds(25);
    private static final Duration MORE = Duration.ofSeconds(5);

    /**
     * Reads {@code place:scenario[=argument]}; several with {@code ;}; an empty text is a clean lab.
     *
     * @throws IllegalArgumentException with a sentence when it is none
     */
    static List<Setting> parseAll(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(";", -1)).map(s -> parse(s.trim())).toList();
    }

    private static Setting parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text
                    + "' is no setting; write place:scenario or place:scenario=argument, as in wifi:loss=10");
        }
        String rest = text.substring(colon + 1);
        int equals = rest.indexOf('=');
        return equals < 0
                ? new Setting(text.substring(0, colon), rest, "")
                : new Setting(text.substring(0, colon), rest.substring(0, equals), rest.substring(equals + 1));
    }

    /** How long a connection must be quiet to meet this fault; empty for one that shows at once. */
    Optional<Duration> quiet() {
        if (!scenario.startsWith(REAPER)) {
            return Optional.empty();
        }
        Duration idle = argument.isEmpty() ? USUAL_IDLE : Duration.ofSeconds(Long.parseLong(argument));
        return Optional.of(idle.plus(MORE));
    }

    Setting at(String otherPlace) {
        return new Setting(otherPlace, scenario, argument);
    }

    @Override
    public String toString() {
        return place + ":" + scenario + (argument.isEmpty() ? "" : "=" + argument);
    }
}
