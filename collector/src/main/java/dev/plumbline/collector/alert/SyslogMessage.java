package dev.plumbline.collector.alert;

import dev.plumbline.collector.finding.Severity;
import dev.plumbline.words.Printable;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** A message of RFC 5424, without structured data: an enterprise number of the product's own would be needed for it. */
public final class SyslogMessage {
    /** What a receiver over UDP should take (RFC 5426 section 3.2), without the headers of IPv6. */
    public static final int LONGEST_DATAGRAM = 1_400;

    /** What a receiver over TLS should take (RFC 5425 section 4.3.1). */
    public static final int LONGEST_FRAME = 8_192;

    /** RFC 5424 section 6.2.1. */
    public enum Facility {
        DAEMON(3),
        LOCAL0(16),
        LOCAL1(17),
        LOCAL2(18),
        LOCAL3(19),
        LOCAL4(20),
        LOCAL5(21),
        LOCAL6(22),
        LOCAL7(23);

        private final int number;

        Facility(int number) {
            this.number = number;
        }
    }

    private SyslogMessage() {}

    /**
     * @param host that sends it
     * @param longest in bytes; what does not fit is left out at the end
     */
    public static byte[] of(Alert alert, String host, Facility facility, int longest) {
        // Six digits of a second at most (RFC 5424 section 6.2.3): a strict receiver drops what has nine.
        String header = "<" + (facility.number * 8 + severity(alert)) + ">1 "
                + alert.at().truncatedTo(ChronoUnit.MICROS) + " " + name(host, 255) + " plumbline - "
                + name(alert.kind().word(), 32) + " - ";
        AlertText text = AlertText.of(alert);
        StringBuilder line = new StringBuilder(text.title()).append(": ").append(text.sentence());
        text.facts()
                .forEach(f -> line.append(" ")
                        .append(f.name())
                        .append(": ")
                        .append(f.value())
                        .append(";"));
        line.append(" Id: ").append(alert.id());
        byte[] whole = (header + Printable.line(line.toString())).getBytes(StandardCharsets.UTF_8);
        return whole.length <= longest ? whole : Arrays.copyOf(whole, boundary(whole, longest));
    }

    /** The length of frames goes before them (RFC 5425 section 4.3, RFC 6587 section 3.4.1). */
    public static byte[] framed(byte[] message) {
        byte[] count = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Arrays.copyOf(count, count.length + message.length);
        System.arraycopy(message, 0, frame, count.length, message.length);
        return frame;
    }

    /** Not within a character of UTF-8. */
    private static int boundary(byte[] text, int most) {
        int end = most;
        while (end > 0 && (text[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    /** PRINTUSASCII without blanks, the nil value in the place of nothing. */
    private static String name(String text, int longest) {
        String printed = text.replaceAll("[^\\x21-\\x7e]", "?");
        return printed.isEmpty() ? "-" : AlertWriter.clip(printed, longest).replace('…', '.');
    }

    private static int severity(Alert alert) {
        return switch (alert.kind()) {
            case OPENED, CHANGED, ONGOING -> severity(alert.severity());
            case RESOLVED, SUMMARY, TEST -> 5;
        };
    }

    /** Error, warning, notice. */
    private static int severity(Severity severity) {
        return switch (severity) {
            case VIOLATION -> 3;
            case FAULT -> 4;
            case NOTE -> 5;
        };
    }
}
