package dev.plumbline.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@Isolated("standard error is the whole process's")
final class OneLineLoggingTest {
    @Test
    void aMessageWithLineEndsStaysOnItsLine() {
        assertThat(logged(Map.of(), log -> log.info("peer said {}", "hello\r\n2026-01-01T00:00:00.000Z ERROR forged")))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  Schedule: "
                        + "peer said hello \\| 2026-01-01T00:00:00\\.000Z ERROR forged\\R");
    }

    @Test
    void whatATerminalWouldObeyIsShownAsAQuestionMark() {
        String logged = logged(
                Map.of(), log -> log.info("peer said {}", "a\u001b[31mb\u009b2Jc\u202ed\te\u0085INFO\u2028INFO\u0000"));
        assertThat(logged).contains("peer said a?[31mb?2Jc?d\te | INFO | INFO?");
        assertThat(logged.lines()).hasSize(1);
    }

    @Test
    void anErrorTellsEachCauseAndWhereItWasThrownAndCannotBeginALineEither() {
        Exception cause = new IllegalStateException("one\nERROR forged");
        assertThat(logged(Map.of(), log -> log.error("failed", new RuntimeException("outer", cause)))
                        .lines()
                        .skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("java.lang.RuntimeException: outer"),
                        line -> assertThat(line).startsWith("\tat " + getClass().getName()),
                        line -> assertThat(line)
                                .isEqualTo("Caused by: java.lang.IllegalStateException: one | ERROR forged"),
                        line -> assertThat(line).startsWith("\tat " + getClass().getName()));
    }

    @Test
    void theEnvironmentNamesTheLevels() {
        Consumer<Logger> both = log -> {
            log.debug("quiet");
            log.warn("loud");
        };
        assertThat(logged(Map.of(), both)).contains("WARN  Schedule: loud").doesNotContain("quiet");
        assertThat(logged(Map.of("PLUMBLINE_LOG", "debug"), both)).contains("DEBUG Schedule: quiet");
        assertThat(logged(Map.of("PLUMBLINE_LOG", "error"), both)).isEmpty();
        assertThat(logged(Map.of(), "io.netty.channel.Channel", log -> log.info("library")))
                .isEmpty();
        assertThat(logged(
                        Map.of("PLUMBLINE_LIBRARY_LOG", "info"),
                        "io.grpc.internal.Transport",
                        log -> log.info("library")))
                .contains("INFO  Transport: library");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.grpc.netty.NettyServerHandler", "io.grpc.netty.NettyClientHandler"})
    void whatPrintsTheHeadersOfCallsIsNeverHeard(String logger) {
        for (String level : List.of("all", "trace", "debug")) {
            Map<String, String> loudest = Map.of("PLUMBLINE_LIBRARY_LOG", level, "PLUMBLINE_LOG", level);
            assertThat(logged(loudest, logger, log -> log.debug("authorization: Bearer")))
                    .isEmpty();
            assertThat(logged(loudest, "io.grpc.netty.Other", log -> log.debug("heard")))
                    .contains("heard");
        }
    }

    @Test
    void logbackFindsIt() {
        assertThat(ServiceLoader.load(Configurator.class)).hasOnlyElementsOfType(OneLineLogging.class);
    }

    private static String logged(Map<String, String> environment, Consumer<Logger> saying) {
        return logged(environment, "dev.plumbline.agent.schedule.Schedule", saying);
    }

    private static String logged(Map<String, String> environment, String name, Consumer<Logger> saying) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        LoggerContext loggers = new LoggerContext();
        loggers.setMDCAdapter(new LogbackMDCAdapter());
        try {
            new OneLineLogging(environment).configure(loggers);
            saying.accept(loggers.getLogger(name));
            return written.toString(StandardCharsets.UTF_8);
        } finally {
            loggers.stop();
            System.setErr(before);
        }
    }
}
