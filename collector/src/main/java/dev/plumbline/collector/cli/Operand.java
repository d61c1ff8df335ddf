package dev.plumbline.collector.cli;

import dev.plumbline.v1.ComparedSide;
import java.time.Instant;

/** A side of a comparison as people write it: {@code SEGMENT}, {@code SEGMENT@TIME} or {@code edition:ID}. Pure. */
final class Operand {
    private static final String EDITION = "edition:";

    private Operand() {}

    static ComparedSide parse(String text, Instant now) throws CommandFailure {
        if (text.startsWith(EDITION)) {
            return ComparedSide.newBuilder()
                    .setEdition(text.substring(EDITION.length()))
                    .build();
        }
        int sign = text.indexOf('@');
        String segment = sign < 0 ? text : text.substring(0, sign);
        if (segment.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + text
                            + "' names no side; write a segment such as guest, guest@2026-11-01, guest@2h, reference, or"
                            + " edition:plumbline-2026");
        }
        ComparedSide.Builder side = ComparedSide.newBuilder().setSegment(segment);
        String time = sign < 0 ? "now" : text.substring(sign + 1);
        // Now is the collector's now, whatever this host's clock says.
        if (!time.equals("now")) {
            side.setAt(Moments.timestamp(Moments.parse(text, time, now)));
        }
        return side.build();
    }
}
