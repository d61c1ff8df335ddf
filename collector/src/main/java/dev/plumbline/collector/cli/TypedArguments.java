package dev.plumbline.collector.cli;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.typed.TypedSide;
import dev.plumbline.collector.typed.TypedTime;
import dev.plumbline.v1.ComparedSide;
import dev.plumbline.wire.Fields;
import java.time.Instant;

/** What was typed, or the end of the command with the forms that would be right. */
final class TypedArguments {
    private TypedArguments() {}

    static Timestamp time(String option, String text, Instant now) throws CommandFailure {
        try {
            return Fields.timestamp(TypedTime.parse(text, now));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }

    static ComparedSide side(String text, Instant now) throws CommandFailure {
        try {
            return TypedSide.parse(text, now);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
