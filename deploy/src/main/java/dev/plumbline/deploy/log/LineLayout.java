package dev.plumbline.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code 2026-11-22T00:02:59.200Z INFO  Schedule: message}, then a line for each cause and one for where it was thrown.
 * What others wrote, a host name or a peer's words, cannot begin a line of its own, nor give orders to the terminal that shows it.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final Pattern LINE_ENDS = Pattern.compile("[\r\n\\x0b\f\\x85\\p{Zl}\\p{Zp}]+");

    /** Controls but the tabulator, and marks of format such as those that turn the direction of writing. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t]]");

    private static final int LEVEL_WIDTH = 5;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        MILLIS.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())));
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        line.append(onOneLine(event.getFormattedMessage())).append(System.lineSeparator());
        appendThrown(line, event.getThrowableProxy());
        return line.toString();
    }

    /** Where it was thrown is enough to find it; whole traces would drown what else is said. */
    private static void appendThrown(StringBuilder lines, @Nullable IThrowableProxy thrown) {
        String caused = "";
        for (IThrowableProxy t = thrown; t != null && !t.isCyclic(); t = t.getCause()) {
            lines.append(caused).append(t.getClassName()).append(": ").append(onOneLine(t.getMessage()));
            lines.append(System.lineSeparator());
            StackTraceElementProxy[] frames = t.getStackTraceElementProxyArray();
            if (frames.length > 0) {
                lines.append('\t').append(frames[0]).append(System.lineSeparator());
            }
            caused = "Caused by: ";
        }
    }

    private static String onOneLine(@Nullable String text) {
        return text == null
                ? "null"
                : OBEYED.matcher(LINE_ENDS.matcher(text).replaceAll(" | ")).replaceAll("?");
    }
}
