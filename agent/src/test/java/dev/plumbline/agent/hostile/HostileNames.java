package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.DNS_MALFORMED;
import static dev.plumbline.words.FailureKind.DNS_SILENT;
import static dev.plumbline.words.FailureKind.DNS_TRUNCATED;
import static dev.plumbline.words.FailureKind.NONE;
import static dev.plumbline.words.FailureKind.NO_DATA;

import dev.plumbline.words.FailureKind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * One way of being a hostile resolver.
 *
 * @param ends how a question to it may end
 * @param datagrams what it sends back to a question by UDP
 * @param stream what it does with a connection, once the question came
 */
public record HostileNames(String name, Set<FailureKind> ends, Datagrams datagrams, Stream stream) {
    private static final String TRUNCATED = "8380";
    private static final String ANSWER = "8180";
    private static final Set<FailureKind> WRONG = Set.of(DNS_MALFORMED);
    /** As far as it can be read it says nothing of the name. */
    private static final Set<FailureKind> EMPTY = Set.of(DNS_MALFORMED, NO_DATA);

    private static final Set<FailureKind> CUT = Set.of(DNS_TRUNCATED);
    private static final int MANY = 500;

    /** Answers by UDP. */
    @FunctionalInterface
    public interface Datagrams {
        List<byte[]> to(byte[] question);
    }

    /** Answers by TCP. */
    @FunctionalInterface
    public interface Stream {
        void play(Wire wire, byte[] question) throws java.io.IOException;
    }

    /** The whole table. */
    public static List<HostileNames> all() {
        List<HostileNames> all = new ArrayList<>();
        all.addAll(overUdp());
        all.addAll(overTcp());
        return all;
    }

    private static List<HostileNames> overUdp() {
        return List.of(
                says("noise", WRONG, question -> noise()),
                says("one byte", WRONG, question -> new byte[1]),
                says("nothing but an id", WRONG, question -> Arrays.copyOf(question, 2)),
                says("the question itself", WRONG, question -> question),
                says(
                        "another id",
                        WRONG,
                        question -> flip(reply(question, ANSWER, 1, "c00c00010001000000ff000401020304"), 0)),
                says(
                        "another name",
                        WRONG,
                        question -> flip(reply(question, ANSWER, 1, "c00c00010001000000ff000401020304"), 13)),
                says(
                        "no question",
                        WRONG,
                        question -> bytes(question, "8180000000010000000001610000010001000000ff000401020304")),
                says(
                        "a question that points at itself",
                        WRONG,
                        question -> bytes(question, "81800001000000000000c00c00010001")),
                says(
                        "a name that points at itself",
                        EMPTY,
                        question ->
                                reply(question, ANSWER, 1, pointer(question.length) + "00010001000000ff000401020304")),
                says(
                        "a name that points ahead",
                        EMPTY,
                        question -> reply(question, ANSWER, 1, "c3ff00010001000000ff000401020304")),
                says(
                        "two names that point at each other",
                        EMPTY,
                        question -> reply(
                                question,
                                ANSWER,
                                1,
                                pointer(question.length + 2) + pointer(question.length)
                                        + "00010001000000ff000401020304")),
                says(
                        "a label of no kind",
                        EMPTY,
                        question -> reply(question, ANSWER, 1, "8161" + "00010001000000ff000401020304")),
                says(
                        "a name without end",
                        EMPTY,
                        question -> reply(question, ANSWER, 1, ("3f" + "61".repeat(63)).repeat(20))),
                says("records that are not there", EMPTY, question -> reply(question, ANSWER, 0xffff, "")),
                says(
                        "a record longer than the message",
                        EMPTY,
                        question -> reply(question, ANSWER, 1, "c00c00010001000000ffffff01020304")),
                says(
                        "an address of three bytes",
                        WRONG,
                        question -> reply(question, ANSWER, 1, "c00c" + type(question) + "0001000000ff0003010203")),
                says(
                        "an alias of itself",
                        EMPTY,
                        question -> reply(question, ANSWER, 1, "c00c00050001000000ff0002c00c")),
                says(
                        "an alias in a loop",
                        EMPTY,
                        question -> reply(
                                question,
                                ANSWER,
                                2,
                                "c00c00050001000000ff0003016100" + "01610000050001000000ff0002c00c")),
                says(
                        "an alias that points at itself",
                        EMPTY,
                        question ->
                                reply(question, ANSWER, 1, "c00c00050001000000ff0002" + pointer(question.length + 12))),
                says("forty aliases in a row", EMPTY, question -> reply(question, ANSWER, 40, chain(40))),
                new HostileNames(
                        "noise without end",
                        WRONG,
                        question -> Collections.nCopies(MANY, noise()),
                        (wire, question) -> {}),
                says("silence", Set.of(DNS_SILENT), question -> null));
    }

    private static List<HostileNames> overTcp() {
        return List.of(
                truncated("truncated, then noise", CUT, (wire, question) -> wire.flood(noise())),
                truncated("truncated, then zeros", CUT, (wire, question) -> wire.flood(new byte[1000])),
                truncated("truncated, then sixty-four kilobytes byte by byte", CUT, (wire, question) -> {
                    wire.say(new byte[] {-1, -1});
                    wire.drip(question);
                }),
                truncated(
                        "truncated, then truncated",
                        CUT,
                        (wire, question) -> wire.say(framed(reply(question, TRUNCATED, 0, "")))),
                truncated("truncated, then a reset", CUT, (wire, question) -> wire.reset()),
                truncated("truncated, then an end", CUT, (wire, question) -> wire.close()),
                truncated("truncated, then silence", CUT, (wire, question) -> wire.silence()),
                truncated(
                        "truncated, then another question without end",
                        CUT,
                        (wire, question) -> wire.flood(framed(flip(reply(question, ANSWER, 0, ""), 13)))),
                truncated("truncated, then four thousand addresses", Set.of(NONE), (wire, question) -> {
                    boolean four = type(question).equals("0001");
                    String one =
                            "c00c" + type(question) + "0001000000ff" + (four ? "00040102" : "0010" + "00".repeat(14));
                    StringBuilder records = new StringBuilder();
                    int many = four ? 4000 : 2000;
                    for (int i = 0; i < many; i++) {
                        records.append(one).append(HexFormat.of().toHexDigits((short) i));
                    }
                    wire.say(framed(reply(question, ANSWER, many, records.toString())));
                    wire.silence();
                }));
    }

    private static HostileNames says(
            String name, Set<FailureKind> ends, java.util.function.UnaryOperator<byte[]> reply) {
        return new HostileNames(
                name,
                ends,
                question -> {
                    byte[] answer = reply.apply(question);
                    return answer == null ? List.of() : List.of(answer);
                },
                (wire, question) -> {});
    }

    private static HostileNames truncated(String name, Set<FailureKind> ends, Stream stream) {
        return new HostileNames(name, ends, question -> List.of(reply(question, TRUNCATED, 0, "")), stream);
    }

    private static byte[] noise() {
        byte[] noise = new byte[300];
        new java.util.Random(8).nextBytes(noise);
        return noise;
    }

    /** The question with other flags, a number of answers, and these records. */
    private static byte[] reply(byte[] question, String flags, int answers, String records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(question, 2));
        out.writeBytes(
                HexFormat.of().parseHex(flags + "0001" + HexFormat.of().toHexDigits((short) answers) + "00000000"));
        out.write(question, 12, question.length - 12);
        out.writeBytes(HexFormat.of().parseHex(records));
        return out.toByteArray();
    }

    /** The question's id and what follows. */
    private static byte[] bytes(byte[] question, String rest) {
        byte[] tail = HexFormat.of().parseHex(rest);
        byte[] all = Arrays.copyOf(question, 2 + tail.length);
        System.arraycopy(tail, 0, all, 2, tail.length);
        return all;
    }

    private static byte[] flip(byte[] message, int at) {
        byte[] other = message.clone();
        other[at] ^= 1;
        return other;
    }

    private static String pointer(int to) {
        return HexFormat.of().toHexDigits((short) (0xc000 | to));
    }

    private static String type(byte[] question) {
        return HexFormat.of().formatHex(question, question.length - 4, question.length - 2);
    }

    /** From the question's name to a, from a to b and so on; none has an address. */
    private static String chain(int length) {
        StringBuilder records = new StringBuilder();
        String owner = "c00c";
        for (int i = 0; i < length; i++) {
            String next = "03"
                    + HexFormat.of()
                            .formatHex(String.format("%03d", i).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    + "00";
            records.append(owner).append("00050001000000ff0005").append(next);
            owner = next;
        }
        return records.toString();
    }

    private static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        return framed;
    }
}
