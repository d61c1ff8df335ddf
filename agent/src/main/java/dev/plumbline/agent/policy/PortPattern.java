package dev.plumbline.agent.policy;

import dev.plumbline.words.Transport;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port that may be connected or sent to.
 *
 * @param transport empty for both
 */
record PortPattern(Optional<Transport> transport, int port) {
    private static final Pattern FORM = Pattern.compile("(?:(tcp|udp)/)?([0-9]{1,5})");

    /**
     * {@code 443}, {@code tcp/5223} or {@code udp/443}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static PortPattern parse(String text) {
        Matcher form = FORM.matcher(text);
        int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no port; write 443, tcp/5223 or udp/443, with a number from 1 to 65535");
        }
        return new PortPattern(Optional.ofNullable(form.group(1)).map(Transport::ofWord), port);
    }

    boolean matches(Transport by, int asked) {
        return asked == port && transport.map(by::equals).orElse(true);
    }

    @Override
    public String toString() {
        return transport.map(by -> by.word() + "/").orElse("") + port;
    }
}
