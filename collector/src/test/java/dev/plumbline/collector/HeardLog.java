package dev.plumbline.collector;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class logs as a warning or worse until it is closed. */
public final class HeardLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private HeardLog(Logger logger) {
        this.logger = logger;
    }

    public static HeardLog of(Class<?> speaker) {
        Logger logger = (Logger) LoggerFactory.getLogger(speaker);
        HeardLog heard = new HeardLog(logger);
        heard.setContext(logger.getLoggerContext());
        heard.start();
        logger.addAppender(heard);
        return heard;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : " with a stack"));
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
