package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.CONNECT_RESET;
import static dev.plumbline.words.FailureKind.EXCHANGE_CLOSED;
import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_RESET;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;
import static dev.plumbline.words.FailureKind.TLS_CLOSED;
import static dev.plumbline.words.FailureKind.TLS_MALFORMED;
import static dev.plumbline.words.FailureKind.TLS_RESET;
import static dev.plumbline.words.FailureKind.TLS_SILENT;

import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.words.FailureKind;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Hostile before anything was said; to speak first is an answer only to those who wait for a greeting. */
final class HostileTcp {
    private static final Set<FailureKind> MALFORMED = Set.of(TLS_MALFORMED, EXCHANGE_MALFORMED);
    /** Somebody who speaks no SSH but greets is told by his first line. */
    private static final Set<FailureKind> TOLD = Set.of(TLS_MALFORMED, EXCHANGE_MALFORMED, NONE);

    /** A reset may come before this host has seen its own connection stand. */
    private static final Set<FailureKind> GONE =
            Set.of(CONNECT_RESET, TLS_CLOSED, TLS_RESET, EXCHANGE_CLOSED, EXCHANGE_RESET);

    private HostileTcp() {}

    static List<Hostile> all() {
        byte[] noise = new byte[1 << 16];
        new Random(4).nextBytes(noise);
        return List.of(
                Hostile.ends("noise without end", Layer.TCP, TOLD, wire -> wire.flood(noise)),
                Hostile.ends("zeros without end", Layer.TCP, MALFORMED, wire -> wire.flood(new byte[1 << 16])),
                Hostile.ends(
                        "a line without end",
                        Layer.TCP,
                        Set.of(TLS_MALFORMED, EXCHANGE_MALFORMED),
                        wire -> wire.flood("welcome ")),
                Hostile.lasts("lines without end", Layer.TCP, TOLD, wire -> wire.flood("220 welcome\r\n")),
                Hostile.ends("a reset at once", Layer.TCP, GONE, Wire::reset),
                Hostile.ends("an end at once", Layer.TCP, GONE, Wire::close),
                Hostile.lasts("silence", Layer.TCP, Set.of(TLS_SILENT, EXCHANGE_SILENT), Wire::silence));
    }
}
