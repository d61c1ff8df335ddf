package dev.plumbline.agent.revocation;

import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate or a revocation list as it lies on a server (RFC 5280 §4.1, §5.1). Both begin alike, and their first kilobytes
 * hold all that is read here: the rest of a list, which may be megabytes, is only counted.
 *
 * @param form {@code certificate} or {@code crl}
 * @param from notBefore or thisUpdate
 * @param until notAfter or nextUpdate; a list need not say
 * @param length how long the file says that it is
 */
public record CertFile(String form, String issuer, Instant from, Optional<Instant> until, long length) {
    public static final String CERTIFICATE = "certificate";
    public static final String CRL = "crl";

    private static final int VERSION = 0xa0;

    /**
     * Empty when the bytes are neither.
     *
     * @param start as many of the file's first bytes as were kept
     */
    public static Optional<CertFile> read(byte[] start) {
        long length = Der.wholeLength(start);
        return Der.of(start)
                .enterCut(Der.SEQUENCE)
                .flatMap(file -> file.enterCut(Der.SEQUENCE))
                .flatMap(signed -> signed(signed, length));
    }

    private static Optional<CertFile> signed(Der signed, long length) {
        signed.skipIf(VERSION);
        signed.skipIf(Der.INTEGER);
        if (signed.tag() != Der.SEQUENCE || !signed.skip()) {
            return Optional.empty();
        }
        Optional<String> issuer = signed.element(Der.SEQUENCE).flatMap(CertFile::name);
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        boolean certificate = signed.tag() == Der.SEQUENCE;
        Optional<Der> times = certificate ? signed.enter(Der.SEQUENCE) : Optional.of(signed);
        Optional<Instant> from = times.flatMap(Der::time);
        Optional<Instant> until = times.filter(t -> from.isPresent()).flatMap(Der::time);
        if (from.isEmpty() || (certificate && until.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new CertFile(certificate ? CERTIFICATE : CRL, issuer.get(), from.get(), until, length));
    }

    private static Optional<String> name(byte[] der) {
        try {
            return Optional.of(new X500Principal(der).getName());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
