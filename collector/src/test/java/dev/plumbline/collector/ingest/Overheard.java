package dev.plumbline.collector.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** What the whole process logs while it is open: warnings, and whatever carries an exception above debug. Both ways of logging. */
final class Overheard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    /** gRPC logs by the platform. */
    private static final java.util.logging.Logger PLATFORM = java.util.logging.Logger.getLogger("");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            int level = entry.getLevel().intValue();
            boolean thrown = entry.getThrown() != null && level >= java.util.logging.Level.INFO.intValue();
            if (thrown || level >= java.util.logging.Level.WARNING.intValue()) {
                said.add(entry.getLevel() + " " + entry.getLoggerName() + " " + entry.getMessage() + " "
                        + entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Overheard() {}

    static Overheard open() {
        Overheard log = new Overheard();
        log.setContext(ROOT.getLoggerContext());
        log.start();
        ROOT.addAppender(log);
        PLATFORM.addHandler(log.handler);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        // As the product's logging has it: this one warns of every peer that reads nothing.
        boolean ofPeers = event.getLoggerName().equals("io.netty.handler.ssl.SslHandler");
        boolean thrown = event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.INFO);
        if (thrown || event.getLevel().isGreaterOrEqual(ofPeers ? Level.ERROR : Level.WARN)) {
            said.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
        }
    }

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        PLATFORM.removeHandler(handler);
        stop();
    }
}
