package dev.plumbline.collector.typed;

import dev.plumbline.v1.ComparedSide;
import dev.plumbline.wire.Fields;
import java.time.Instant;

/** A side of a comparison as people write it: {@code SEGMENT}, {@code SEGMENT@TIME} or {@code edition:ID}. */
public final class TypedSide {
    private static final String EDITION = "edition:";

    private TypedSide() {}

    /** @throws IllegalArgumentException with what may be written */
    public static ComparedSide parse(String text, Instant now) {
        if (text.startsWith(EDITION)) {
            return ComparedSide.newBuilder()
                    .setEdition(text.substring(EDITION.length()))
                    .build();
        }
        int sign = text.indexOf('@');
        String segment = sign < 0 ? text : text.substring(0, sign);
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("'" + text
                    + "' names no side; write a segment such as guest, guest@2026-11-01, guest@2h, reference, or"
                    + " edition:plumbline-2026");
        }
        ComparedSide.Builder side = ComparedSide.newBuilder().setSegment(segment);
        String time = sign < 0 ? "now" : text.substring(sign + 1);
        // Now is the collector's now, whatever the clock says of the host where it was written.
        if (!time.equals("now")) {
            try {
                side.setAt(Fields.timestamp(TypedTime.parse(time, now)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
            }
        }
        return side.build();
    }
}
