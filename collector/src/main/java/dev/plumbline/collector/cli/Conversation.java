package dev.plumbline.collector.cli;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs one command: opens the connection, asks, prints, and turns what goes wrong into a sentence and an exit code. */
final class Conversation {
    private static final Duration TOLD_BEFORE = Duration.ofDays(30);

    private final Surroundings surroundings;
    private final CollectorOptions options;

    Conversation(Surroundings surroundings, CollectorOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** What a command asks and prints; gives its exit code. */
    interface Question {
        int ask(CollectorClient collector) throws CommandFailure;
    }

    int hold(Question question) {
        try {
            return attempt(question);
        } catch (CommandFailure e) {
            surroundings.err().println(e.getMessage());
            surroundings.err().flush();
            return e.exitCode();
        }
    }

    /** For commands that tell what went wrong in a form of their own. */
    int attempt(Question question) throws CommandFailure {
        ClientConfig config =
                options.resolve(surroundings.environment().get(CollectorOptions.CONFIG_VARIABLE), surroundings.home());
        try (CollectorClient client =
                CollectorClient.open(config, surroundings.clock().instant())) {
            client.certificateEnds().ifPresent(this::tellEnd);
            return ask(question, client);
        }
    }

    /** A certificate that ends in silence locks its operator out. */
    private void tellEnd(Instant ends) {
        if (surroundings.clock().instant().plus(TOLD_BEFORE).isAfter(ends)) {
            surroundings
                    .err()
                    .println("your certificate ends on " + Times.forPeople(ends)
                            + "; ask for a new one before that, or for a" + " token (plumbline token create)");
            surroundings.err().flush();
        }
    }

    private static int ask(Question question, CollectorClient client) throws CommandFailure {
        try {
            return question.ask(client);
        } catch (StatusRuntimeException e) {
            throw client.failure(e);
        }
    }

    void print(List<String> lines) {
        lines.forEach(surroundings.out()::println);
        surroundings.out().flush();
    }
}
