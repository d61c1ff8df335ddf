package dev.plumbline.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines to standard error; the environment's PLUMBLINE_LOG and PLUMBLINE_LIBRARY_LOG are the levels. Written in Java
 * because reading the same from XML would keep some 350 classes in the memory of an agent that runs for months.
 */
public final class OneLineLogging extends ContextAwareBase implements Configurator {
    private final Map<String, String> environment;

    /** For logback, which finds this class as a service. */
    public OneLineLogging() {
        this(System.getenv());
    }

    OneLineLogging(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        LineLayout layout = new LineLayout();
        layout.setContext(loggers);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(loggers);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(loggers);
        console.setName("stderr");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level("PLUMBLINE_LOG", Level.INFO));
        root.addAppender(console);
        // The libraries' own talk is worth reading only when something is wrong.
        Level libraries = level("PLUMBLINE_LIBRARY_LOG", Level.WARN);
        loggers.getLogger("io.netty").setLevel(libraries);
        loggers.getLogger("io.grpc").setLevel(libraries);
        loggers.getLogger("org.flywaydb").setLevel(libraries);
        loggers.getLogger("com.linecorp.armeria").setLevel(libraries);
        // Finer than that they print the headers of every call, and people's tokens with them.
        for (String headers : List.of(
                "io.grpc.netty.NettyServerHandler",
                "io.grpc.netty.NettyClientHandler",
                "com.linecorp.armeria.logging",
                "com.linecorp.armeria.server")) {
            loggers.getLogger(headers).setLevel(libraries.isGreaterOrEqual(Level.INFO) ? libraries : Level.INFO);
        }
        // It warns of every peer that reads nothing: what a peer does is a fact of the round, and none may fill this
        // log.
        loggers.getLogger("io.netty.handler.ssl.SslHandler")
                .setLevel(libraries == Level.WARN ? Level.ERROR : libraries);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private Level level(String variable, Level otherwise) {
        @Nullable String word = environment.get(variable);
        return Level.toLevel(word, otherwise);
    }
}
