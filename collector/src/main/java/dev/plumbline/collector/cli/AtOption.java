package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.typed.TypedTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The time of which a command asks. */
final class AtOption {
    @Option(names = "--at", paramLabel = "TIME", description = "as the collector knew it then: " + TypedTime.FORMS)
    @Nullable
    String at;

    /** Now is the collector's now, whatever this host's clock says. */
    Optional<Timestamp> at(Instant now) throws CommandFailure {
        return at == null || at.equals("now") ? Optional.empty() : Optional.of(TypedArguments.time("--at", at, now));
    }
}
