package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.typed.TypedTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of when a command asks. */
final class TimeOptions {
    @Option(names = "--at", paramLabel = "TIME", description = "as the collector knew it then: " + TypedTime.FORMS)
    @Nullable
    String at;

    @Option(names = "--since", paramLabel = "TIME", description = "only what became otherwise after then")
    @Nullable
    String since;

    /** Now is the collector's now, whatever this host's clock says. */
    Optional<Timestamp> at(Instant now) throws CommandFailure {
        return at == null || at.equals("now") ? Optional.empty() : Optional.of(TypedArguments.time("--at", at, now));
    }

    /** Since now is a time as others are: nothing has become otherwise since. */
    Optional<Timestamp> since(Instant now) throws CommandFailure {
        return since == null ? Optional.empty() : Optional.of(TypedArguments.time("--since", since, now));
    }
}
