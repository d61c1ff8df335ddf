package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of when a command asks. */
final class TimeOptions {
    @Mixin
    private final AtOption at = new AtOption();

    @Option(names = "--since", paramLabel = "TIME", description = "only what became otherwise after then")
    @Nullable
    String since;

    Optional<Timestamp> at(Instant now) throws CommandFailure {
        return at.at(now);
    }

    /** Since now is a time as others are: nothing has become otherwise since. */
    Optional<Timestamp> since(Instant now) throws CommandFailure {
        return since == null ? Optional.empty() : Optional.of(TypedArguments.time("--since", since, now));
    }
}
