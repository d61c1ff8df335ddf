package dev.plumbline.agent.probe;

import dev.plumbline.words.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The host key that an SSH server shows in its answer to an exchange of keys (RFC 4253 §6.6 and §8, RFC 5656 §4).
 *
 * @param type such as {@code ssh-ed25519}
 * @param fingerprint as OpenSSH prints it, such as {@code SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU}
 * @param objection why there is none; empty when there is one
 */
record SshHostKey(String type, String fingerprint, String objection) {
    private static final int ECDH_REPLY = 31;

    /** Longest type that is kept. */
    private static final int LONGEST_TYPE = 64;

    static SshHostKey of(SshPacket packet) {
        if (!packet.objection().isEmpty()) {
            return none(packet.objection());
        }
        if (packet.message() != ECDH_REPLY) {
            return none(packet.insteadOf("the host key"));
        }
        try {
            byte[] key = SshPacket.string(packet.body());
            String type = SshPacket.text(ByteBuffer.wrap(key));
            String digest = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(Sha256.of(key).bytes());
            return new SshHostKey(type.substring(0, Math.min(type.length(), LONGEST_TYPE)), "SHA256:" + digest, "");
        } catch (BufferUnderflowException e) {
            return none("a host key that is longer than its packet");
        }
    }

    static SshHostKey none(String why) {
        return new SshHostKey("", "", why);
    }

    Map<String, String> seen() {
        return objection.isEmpty()
                ? Map.of("host-key-type", type, "host-key", fingerprint)
                : Map.of("host-key-missing", objection);
    }

    /** For an administrator; empty when there is no key. */
    Optional<String> summary() {
        return objection.isEmpty() ? Optional.of(type + " " + fingerprint) : Optional.empty();
    }
}
