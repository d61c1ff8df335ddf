package dev.plumbline.agent.probe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what came back to a {@link QuicQuestion} as Version Negotiation (RFC 8999 §6, RFC 9000 §17.2.1). */
final class VersionNegotiation {
    /** More than any server speaks; the rest is not kept. */
    private static final int MOST_VERSIONS = 32;

    private VersionNegotiation() {}

    /**
     * What a datagram says.
     *
     * @param versions offered, in order; empty when there is an objection
     * @param objection why it is no answer to the question, empty when it is one
     */
    record Reading(List<Integer> versions, String objection) {
        boolean answersUs() {
            return objection.isEmpty();
        }

        /** Such as {@code 00000001 6b3343cf}. */
        String versionText() {
            return versions.stream()
                    .map(version -> HexFormat.of().toHexDigits(version))
                    .collect(Collectors.joining(" "));
        }
    }

    static Reading read(byte[] datagram, QuicQuestion question) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.remaining() < 7) {
            return objection(datagram.length + " bytes are no QUIC long header");
        }
        if (in.get() >= 0) {
            return objection("no QUIC long header");
        }
        int version = in.getInt();
        if (version != 0) {
            return objection("a QUIC packet of version " + HexFormat.of().toHexDigits(version)
                    + " in place of version negotiation");
        }
        byte[] destination = id(in);
        byte[] source = id(in);
        if (!Arrays.equals(destination, question.source().toArray())
                || !Arrays.equals(source, question.destination().toArray())) {
            return objection("version negotiation for other connection ids");
        }
        if (!in.hasRemaining() || in.remaining() % Integer.BYTES != 0) {
            return objection("version negotiation with " + in.remaining() + " bytes of versions");
        }
        return versions(in, question.version());
    }

    /** A list that names the version asked for answers nothing: it is to be discarded (RFC 9000 §6.2). */
    private static Reading versions(ByteBuffer in, int asked) {
        List<Integer> versions = new ArrayList<>();
        boolean named = false;
        while (in.hasRemaining()) {
            int version = in.getInt();
            named |= version == asked;
            if (versions.size() < MOST_VERSIONS) {
                versions.add(version);
            }
        }
        return named
                ? objection("version negotiation that offers the very version that was asked for")
                : new Reading(versions, "");
    }

    /** The id whose length comes first, of zeros where the datagram ends before it. */
    private static byte[] id(ByteBuffer in) {
        int length = in.hasRemaining() ? in.get() & 0xff : 0;
        byte[] id = new byte[length];
        in.get(id, 0, Math.min(length, in.remaining()));
        return id;
    }

    private static Reading objection(String why) {
        return new Reading(List.of(), why);
    }
}
