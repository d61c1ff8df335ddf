package dev.plumbline.agent.cli;

import dev.plumbline.catalog.Words;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Echo;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the helper sent back, one line for each question; nothing without a helper. */
final class EchoTable {
    private static final List<String> HEAD = List.of("HELPER", "ASKED", "ANSWER", "SEEN FROM", "WHAT WAS SEEN");

    private EchoTable() {}

    static void write(Environment environment, PrintWriter out) {
        if (environment.echoes().isEmpty()) {
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Echo echo : environment.echoes()) {
            lines.add(List.of(
                    echo.helper().toString(),
                    Words.of(echo.ask()),
                    Words.of(echo.answer()),
                    echo.seenFrom().equals(Endpoint.NONE)
                            ? "-"
                            : echo.seenFrom().toString(),
                    saw(echo)));
        }
        out.println();
        FactsTable.print(lines, out);
    }

    private static String saw(Echo echo) {
        if (!echo.changes().isEmpty()) {
            return String.join("; ", echo.changes());
        }
        Failure failure = failure(echo.attempt());
        if (!failure.isNone()) {
            return Words.of(failure.kind()) + (failure.detail().isEmpty() ? "" : ": " + failure.detail());
        }
        return switch (echo.answer()) {
            case OTHER_KEY -> "another key than the helper's: TLS is opened on the way, or the pin is wrong";
            case SAME, ALTERED, STRANGER, NONE, UNKNOWN ->
                echo.attempt().exchange().map(Exchange::summary).orElse("-");
        };
    }

    private static Failure failure(Attempt attempt) {
        if (!attempt.connect().isNone()) {
            return attempt.connect();
        }
        return attempt.handshakes().stream()
                .map(Handshake::failure)
                .filter(failure -> !failure.isNone())
                .findFirst()
                .orElseGet(() -> attempt.exchange().map(Exchange::failure).orElse(Failure.none()));
    }
}
