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

    /** Now is the collector's now, whatever this host's clock says. */
    Optional<Timestamp> at(Instant now) throws CommandFailure {
        return at == null || at.equals("now") ? Optional.empty() : Optional.of(read("--at", at, now));
    }

    /** Since now is a time as others are: nothing has become otherwise since. */
    Optional<Timestamp> since(Instant now) throws CommandFailure {
        return since == null ? Optional.empty() : Optional.of(read("--since", since, now));
    }

    private static Timestamp read(String option, String text, Instant now) throws CommandFailure {
        return Moments.timestamp(Moments.parse(option, text, now));
    }
}
