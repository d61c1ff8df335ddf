package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of when a command asks. */
final class TimeOptions {
    @Option(names = "--at", paramLabel = "TIME", description = "as the collector knew it then: " + Moments.FORMS)
    @Nullable
    String at;

    @Option(names = "--since", paramLabel = "TIME", description = "only what became otherwise after then")
    @Nullable
    String since;

    Optional<Timestamp> at(Instant now) throws CommandFailure {
        return read("--at", at, now);
    }

    Optional<Timestamp> since(Instant now) throws CommandFailure {
        return read("--since", since, now);
    }

    /** Now is the collector's now, whatever this host's clock says. */
    private static Optional<Timestamp> read(String option, @Nullable String text, Instant now) throws CommandFailure {
        return text == null || text.equals("now")
                ? Optional.empty()
                : Optional.of(Moments.timestamp(Moments.parse(option, text, now)));
    }
}
