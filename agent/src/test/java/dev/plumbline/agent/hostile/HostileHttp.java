package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.EXCHANGE_CLOSED;
import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_RESET;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.agent.hostile.Hostile.Layer;
import dev.plumbline.words.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hostile answers over HTTP/1.1: their heads, lengths and ends. */
final class HostileHttp {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final Set<FailureKind> MALFORMED = Set.of(EXCHANGE_MALFORMED);
    private static final Set<FailureKind> SILENT = Set.of(EXCHANGE_SILENT);
    private static final Set<FailureKind> ANSWERED = Set.of(NONE);
    private static final Set<FailureKind> GONE = Set.of(EXCHANGE_CLOSED, EXCHANGE_RESET);

    private static final Set<FailureKind> CUT = Set.of(EXCHANGE_CLOSED, EXCHANGE_RESET, EXCHANGE_MALFORMED);

    private HostileHttp() {}

    static List<Hostile> all() {
        List<Hostile> all = new ArrayList<>();
        all.addAll(heads());
        all.addAll(lengths());
        all.addAll(ends());
        return all;
    }

    private static List<Hostile> heads() {
        return List.of(
                floods("a status line without end", MALFORMED, "HTTP/1.1 200 ", "very "),
                floods("a header line without end", MALFORMED, OK + "x: ", "y"),
                floods("headers without end", MALFORMED, OK, "x: y\r\n"),
                floods("folded headers without end", MALFORMED, OK + "x: y\r\n", " z\r\n"),
                floods("interim answers without end", MALFORMED, "", "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"),
                says("a version that never was", MALFORMED, "HTTP/9.9.9 200 OK\r\n\r\n"),
                says("a status without number", MALFORMED, "HTTP/1.1 -1 No\r\ncontent-length: 0\r\n\r\n"),
                says(
                        "a status beyond all",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        "HTTP/1.1 99999 No\r\ncontent-length: 0\r\n\r\n"),
                says(
                        "control characters in a header",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        OK + "x: \u0000\u001b[2J\u0007\ncontent-length: 0\r\n\r\n"),
                drips("headers byte by byte", OK + "x: ", "y"));
    }

    private static List<Hostile> lengths() {
        return List.of(
                says("a negative length", MALFORMED, OK + "content-length: -1\r\n\r\nbody"),
                says("a length beyond all numbers", MALFORMED, OK + "content-length: 99999999999999999999\r\n\r\nbody"),
                says(
                        "two lengths",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        OK + "content-length: 1\r\ncontent-length: 2\r\n\r\nbody"),
                floods("the longest length", ANSWERED, OK + "content-length: 9223372036854775807\r\n\r\n", "body"),
                floods("a body without end", ANSWERED, OK + "\r\n", "body"),
                floods(
                        "chunks without end",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        OK + "transfer-encoding: chunked\r\n\r\n",
                        "4\r\nbody\r\n"),
                floods(
                        "one chunk without end",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        OK + "transfer-encoding: chunked\r\n\r\n7fffffff\r\n",
                        "body"),
                says(
                        "a chunk beyond all numbers",
                        MALFORMED,
                        OK + "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\nbody"),
                says("a negative chunk", MALFORMED, OK + "transfer-encoding: chunked\r\n\r\n-1\r\nbody\r\n0\r\n\r\n"),
                floods("a chunk size without end", MALFORMED, OK + "transfer-encoding: chunked\r\n\r\n", "0"),
                floods("chunk extensions without end", MALFORMED, OK + "transfer-encoding: chunked\r\n\r\n4;", "x=y;"),
                floods("trailers without end", MALFORMED, OK + "transfer-encoding: chunked\r\n\r\n0\r\n", "x: y\r\n"),
                says(
                        "a length beside chunks",
                        Set.of(NONE, EXCHANGE_MALFORMED),
                        OK + "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
                drips("a body byte by byte", OK + "\r\n", "body"));
    }

    private static List<Hostile> ends() {
        return List.of(
                Hostile.ends("a reset in the head", Layer.HTTP, CUT, wire -> {
                    wire.request();
                    wire.say(OK + "x: ");
                    wire.reset();
                }),
                Hostile.ends("a reset in the body", Layer.HTTP, CUT, wire -> {
                    wire.request();
                    wire.say(OK + "content-length: 4\r\n\r\nbo");
                    wire.reset();
                }),
                says("an end in the head", CUT, OK + "x: "),
                says(
                        "an end in the body",
                        Set.of(EXCHANGE_CLOSED, EXCHANGE_MALFORMED),
                        OK + "content-length: 4\r\n\r\nbo"),
                Hostile.ends("an end in place of an answer", Layer.HTTP, GONE, wire -> {
                    wire.request();
                    wire.close();
                }),
                Hostile.lasts(
                        "an answer before the request",
                        Layer.HTTP,
                        Set.of(NONE, EXCHANGE_SILENT, EXCHANGE_CLOSED, EXCHANGE_RESET),
                        wire -> {
                            wire.say(OK + "content-length: 2\r\n\r\nhi");
                            wire.silence();
                        }),
                Hostile.ends(
                        "answers to questions that nobody asked",
                        Layer.HTTP,
                        Set.of(NONE, EXCHANGE_MALFORMED, EXCHANGE_CLOSED, EXCHANGE_RESET),
                        wire -> wire.flood(OK + "content-length: 2\r\n\r\nhi")),
                Hostile.lasts("silence after the request", Layer.HTTP, SILENT, wire -> {
                    wire.request();
                    wire.silence();
                }));
    }

    private static Hostile says(String name, Set<FailureKind> ends, String answer) {
        return Hostile.ends(name, Layer.HTTP, ends, wire -> {
            wire.request();
            wire.say(answer);
            wire.close();
        });
    }

    private static Hostile floods(String name, Set<FailureKind> ends, String start, String then) {
        return Hostile.ends(name, Layer.HTTP, ends, wire -> {
            wire.request();
            wire.say(start);
            wire.flood(then);
        });
    }

    private static Hostile drips(String name, String start, String then) {
        return Hostile.lasts(name, Layer.HTTP, SILENT, wire -> {
            wire.request();
            wire.say(start);
            wire.drip(then);
        });
    }
}
