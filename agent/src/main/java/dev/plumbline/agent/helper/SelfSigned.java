package dev.plumbline.agent.helper;

import dev.plumbline.identity.Der;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The smallest X.509 certificate (RFC 5280 4.1) that carries a P-256 key: the Java platform reads them but makes none. */
final class SelfSigned {
    private static final byte[] V3 = {2};

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SelfSigned() {}

    static byte[] certificate(KeyPair pair, String name, Instant now) throws GeneralSecurityException {
        byte[] serial = new byte[16];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
        byte[] subject = Der.commonName(name);
        byte[] validity = Der.value(
                Der.SEQUENCE,
                time(now.minus(1, ChronoUnit.DAYS)),
                time(now.atZone(ZoneOffset.UTC).plusYears(30).toInstant()));
        byte[] signed = Der.value(
                Der.SEQUENCE,
                Der.value(Der.CONTEXT_0, Der.value(Der.INTEGER, V3)),
                Der.value(Der.INTEGER, serial),
                Der.ecdsaWithSha256(),
                subject,
                validity,
                subject,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed);
        return Der.value(Der.SEQUENCE, signed, Der.ecdsaWithSha256(), Der.bits(signature.sign()));
    }

    private static byte[] time(Instant at) {
        return Der.value(Der.GENERALIZED_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }
}
