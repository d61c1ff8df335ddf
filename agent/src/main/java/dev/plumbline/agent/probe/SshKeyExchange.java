package dev.plumbline.agent.probe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * An exchange of keys as far as the server's host key (RFC 5656 §4, RFC 8731): it shows the key in answer to any point of the
 * curve. Nothing is to be encrypted, so our point has no secret to it, and what the server signs cannot be checked:
 * the key is the one it shows, not proved to be its own.
 */
enum SshKeyExchange {
    CURVE25519("curve25519-sha256"),
    /** The same before it had a standard. */
    CURVE25519_OF_LIBSSH("curve25519-sha256@libssh.org"),
    NISTP256("ecdh-sha2-nistp256");

    private static final int ECDH_INIT = 30;
    private static final int CURVE25519_BYTES = 32;

    /** The base point of P-256, uncompressed (SEC 2 §2.4.2). */
    private static final byte[] BASE_POINT = HexFormat.of()
            .parseHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

    /** What is liked best, so that a server with several keys shows the same one each time. */
    private static final List<String> HOST_KEYS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256",
            "ssh-rsa");

    private final String word;

    SshKeyExchange(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** The one to use with a server that offers these; empty when it has none of ours. */
    static Optional<SshKeyExchange> of(String offered) {
        List<String> names = List.of(offered.split(",", -1));
        return Arrays.stream(values()).filter(one -> names.contains(one.word)).findFirst();
    }

    /** Ours that the server has, in our order; all of its own when it has none of them. */
    static String hostKeys(String offered) {
        List<String> both = new ArrayList<>(HOST_KEYS);
        both.retainAll(List.of(offered.split(",", -1)));
        return both.isEmpty() ? offered : String.join(",", both);
    }

    /** The packet that asks for the key. */
    byte[] question(Random random) {
        byte[] point = BASE_POINT;
        if (this != NISTP256) {
            point = new byte[CURVE25519_BYTES];
            random.nextBytes(point);
        }
        ByteBuffer payload = ByteBuffer.allocate(1 + Integer.BYTES + point.length);
        return SshPacket.of(
                payload.put((byte) ECDH_INIT).putInt(point.length).put(point).array());
    }
}
