package dev.plumbline.collector.judge;

import dev.plumbline.words.Batch;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TtlRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Quiet connections in the two hours before a scene's round, drawn as text. */
final class Held {
    private static final Instant BEGIN = Instant.ofEpochMilli(Scene.ROUND).minusSeconds(7200);

    private Held() {}

    static Batch with(Batch batch, String segment, String drawn) {
        List<Hold> holds = new ArrayList<>();
        for (String line : drawn.isBlank() ? new String[0] : drawn.split(";", -1)) {
            String[] part = line.trim().split(": ", 2);
            String[] where = part[0].split(" ", -1);
            if (where[0].equals(segment) || where[0].equals("everywhere")) {
                for (String one : part[1].split(",", -1)) {
                    holds.add(hold(where[1], one.trim()));
                }
            }
        }
        return new Batch(
                batch.incarnation(),
                batch.sequence(),
                batch.planHash(),
                batch.observations(),
                batch.summaries(),
                batch.evidence(),
                holds);
    }

    /**
     * @param peer port of a courier, with an h before it of the helper
     * @param text {@code end@opened+idle}, in seconds since two hours before the round; {@code /planned} where the end came
     *     first, {@code near} or {@code far} after it for who ended it
     */
    private static Hold hold(String peer, String text) {
        boolean helper = peer.startsWith("h");
        int port = Integer.parseInt(peer.substring(helper ? 1 : 0));
        String[] part = text.split("[@+/ ]", -1);
        HoldEnd end = HoldEnd.valueOf(part[0].toUpperCase(Locale.ROOT).replace("SILENT", "SILENT_AFTER_WRITE"));
        Duration idle = Duration.ofSeconds(Long.parseLong(part[2]));
        boolean early = text.contains("/");
        return new Hold(
                new TargetId((helper ? "helper:" : "courier:") + port),
                helper ? HoldPeer.HELPER : HoldPeer.COURIER,
                helper ? "203.0.113.18" : "1-courier.push.apple.com",
                new Endpoint("10.20.20.33", 50000),
                new Endpoint(helper ? "203.0.113.18" : "17.57.144.10", port),
                BEGIN.plusSeconds(Long.parseLong(part[1])),
                early ? Duration.ofSeconds(Long.parseLong(part[3])) : idle,
                // A write is some milliseconds late, never twice the same.
                early ? idle : idle.plusMillis(Long.parseLong(part[1]) % 7),
                end,
                end.number(),
                false,
                text.endsWith("near")
                        ? new TtlRange(62, 255)
                        : text.endsWith("far") ? new TtlRange(1, 61) : TtlRange.ANY,
                "");
    }
}
