package dev.plumbline.agent.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Warnings and errors of the whole process, while it is open: the product's, Netty's, and its leak detector's. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final List<String> said = new CopyOnWriteArrayList<>();

    private CapturedLog() {}

    public static CapturedLog open() {
        CapturedLog log = new CapturedLog();
        log.setContext(ROOT.getLoggerContext());
        log.start();
        ROOT.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        // As the product's logging has it: this one warns of every peer that reads nothing.
        boolean ofPeers = event.getLoggerName().equals("io.netty.handler.ssl.SslHandler");
        if (event.getLevel().isGreaterOrEqual(ofPeers ? Level.ERROR : Level.WARN)) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : " " + event.getThrowableProxy().getClassName() + ": "
                            + event.getThrowableProxy().getMessage();
            said.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + cause);
        }
    }

    /** What was said, one line each. */
    public List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        stop();
    }
}
