package dev.plumbline.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.v1.JoinTokenContent;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What lets one host become an agent: where to ask, the fingerprint of the one authority to trust, which collector under it, and
 * a secret. As text it is {@code plumbline1-} and base64url without padding, the last four bytes a checksum against slips of the
 * hand; the checksum protects from nobody, since what is changed on purpose names another authority or another secret.
 *
 * @param addresses {@code HOST:PORT}, at least one
 * @param authority SHA-256 of the authority's certificate in DER
 * @param collector the only identity that is told the secret
 * @param secret at least 16 bytes
 */
public record JoinToken(List<String> addresses, Sha256 authority, SpiffeId collector, Bytes secret) {
    private static final String PREFIX = "plumbline1-";
    private static final int LEAST_SECRET = 16;
    private static final int CHECKSUM = 4;
    private static final int LONGEST = 4096;

    public JoinToken {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a join token names at least one address of the collector");
        }
        if (collector.kind() != SpiffeId.Kind.COLLECTOR) {
            throw new IllegalArgumentException("a join token names a collector, not " + collector);
        }
        if (secret.size() < LEAST_SECRET) {
            throw new IllegalArgumentException("the secret of a join token has at least 16 bytes");
        }
    }

    /**
     * @throws IllegalArgumentException with a sentence that does not show the text, which may be a secret
     */
    public static JoinToken parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith(PREFIX) || trimmed.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "this is no join token; it begins with " + PREFIX + " and is printed by plumbline invite");
        }
        byte[] all = decoded(trimmed.substring(PREFIX.length()));
        byte[] content = Arrays.copyOf(all, all.length - CHECKSUM);
        if (!Arrays.equals(checksum(content), Arrays.copyOfRange(all, content.length, all.length))) {
            throw damaged();
        }
        try {
            JoinTokenContent message = JoinTokenContent.parseFrom(content);
            if (message.getCollector().isEmpty()) {
                throw new IllegalArgumentException("the join token does not say which collector it is of, as those of"
                        + " earlier versions do not; ask for another one (plumbline invite)");
            }
            return new JoinToken(
                    message.getAddressesList(),
                    Sha256.ofDigest(message.getAuthoritySha256().toByteArray()),
                    SpiffeId.parse(message.getCollector()),
                    Bytes.of(message.getSecret().toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw damaged();
        }
    }

    /** What is kept of the secret. */
    public Sha256 hash() {
        return Sha256.of(secret.toArray());
    }

    /** What is shown to whoever has the token. */
    public String text() {
        byte[] content = JoinTokenContent.newBuilder()
                .addAllAddresses(addresses)
                .setAuthoritySha256(ByteString.copyFrom(authority.bytes()))
                .setCollector(collector.toString())
                .setSecret(ByteString.copyFrom(secret.toArray()))
                .build()
                .toByteArray();
        byte[] all = Arrays.copyOf(content, content.length + CHECKSUM);
        System.arraycopy(checksum(content), 0, all, content.length, CHECKSUM);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private static byte[] decoded(String text) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length > CHECKSUM) {
                return all;
            }
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
        throw damaged();
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the join token is damaged; copy it whole, as plumbline invite printed it");
    }

    private static byte[] checksum(byte[] content) {
        return Arrays.copyOf(Sha256.of(content).bytes(), CHECKSUM);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "join token for " + String.join(", ", addresses);
    }
}
