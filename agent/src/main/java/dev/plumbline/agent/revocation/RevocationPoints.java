package dev.plumbline.agent.revocation;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the certificates that this process saw say that their status and their issuers are to be had (RFC 5280 §4.2.1.13,
 * §4.2.2.1). Bounded, and safe for use by all loops.
 */
public final class RevocationPoints {
    private static final int MOST_HOSTS = 64;
    private static final int MOST_LEAVES = 2048;
    private static final int LONGEST_PATH = 512;

    private static final String ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String DISTRIBUTION = "2.5.29.31";
    /** id-ad-ocsp, 1.3.6.1.5.5.7.48.1; id-ad-caIssuers ends in 2. */
    private static final byte[] OCSP = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01};

    private static final byte[] ISSUERS = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02};
    private static final int URI_NAME = 0x86;
    private static final int CHOICE_0 = 0xa0;

    private final Map<String, OcspQuestion> responders = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Set<Integer> leaves = new HashSet<>();

    /** Learns from a chain, leaf first; a leaf that was seen before costs nothing. What cannot be read teaches nothing. */
    public synchronized void learn(List<X509Certificate> chain) {
        try {
            // By its bytes: to ask for anything else would have the certificate parsed at every handshake.
            if (!chain.isEmpty() && leaves.add(Arrays.hashCode(chain.get(0).getEncoded()))) {
                read(chain);
            }
        } catch (IllegalStateException | CertificateEncodingException unreadable) {
            // The TLS library parses a certificate when something is first asked of it, and a stranger's may be none.
            return;
        }
        if (leaves.size() > MOST_LEAVES) {
            leaves.clear();
        }
    }

    private void read(List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            lists(certificate);
            Optional<X509Certificate> issuer = i + 1 < chain.size() ? Optional.of(chain.get(i + 1)) : Optional.empty();
            access(
                    certificate,
                    issuer.filter(c -> c.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())));
        }
    }

    /** The question that a responder of this name can answer about a certificate that was seen. */
    public synchronized Optional<OcspQuestion> responder(String host) {
        return Optional.ofNullable(responders.get(host));
    }

    /** The path of a certificate or list on this host that a certificate names. */
    public synchronized Optional<String> file(String host) {
        return Optional.ofNullable(files.get(host));
    }

    private void access(X509Certificate certificate, Optional<X509Certificate> issuer) {
        Optional<Der> descriptions = extension(certificate, ACCESS).flatMap(e -> e.enter(Der.SEQUENCE));
        while (descriptions.isPresent()) {
            Optional<Der> one = descriptions.get().enter(Der.SEQUENCE);
            if (one.isEmpty()) {
                return;
            }
            Optional<byte[]> method = one.get().value(Der.OBJECT);
            Optional<URI> location = one.get().value(URI_NAME).flatMap(RevocationPoints::plainHttp);
            if (method.isPresent() && location.isPresent()) {
                String path = path(location.get());
                if (Arrays.equals(method.get(), OCSP)) {
                    issuer.ifPresent(by -> ask(location.get(), OcspQuestion.of(path, certificate, by)));
                } else if (Arrays.equals(method.get(), ISSUERS)) {
                    keep(files, location.get(), path);
                }
            }
        }
    }

    private void lists(X509Certificate certificate) {
        Optional<Der> points = extension(certificate, DISTRIBUTION).flatMap(e -> e.enter(Der.SEQUENCE));
        while (points.isPresent()) {
            Optional<Der> point = points.get().enter(Der.SEQUENCE);
            if (point.isEmpty()) {
                return;
            }
            point.get()
                    .enter(CHOICE_0)
                    .flatMap(name -> name.enter(CHOICE_0))
                    .flatMap(names -> names.value(URI_NAME))
                    .flatMap(RevocationPoints::plainHttp)
                    .ifPresent(location -> keep(files, location, path(location)));
        }
    }

    /** Chains are learned from before anybody has judged them: a later one does not take an earlier one's place. */
    private void ask(URI location, OcspQuestion question) {
        if (responders.size() < MOST_HOSTS) {
            responders.putIfAbsent(location.getHost().toLowerCase(Locale.ROOT), question);
        }
    }

    private static <T> void keep(Map<String, T> by, URI location, T value) {
        String host = location.getHost().toLowerCase(Locale.ROOT);
        if (by.size() < MOST_HOSTS || by.containsKey(host)) {
            by.put(host, value);
        }
    }

    private static String path(URI location) {
        return location.getRawPath().isEmpty() ? "/" : location.getRawPath();
    }

    /** Only what can be asked on port 80; the text is a stranger's, so it must be a tame one. */
    private static Optional<URI> plainHttp(byte[] text) {
        try {
            URI uri = new URI(new String(text, StandardCharsets.US_ASCII));
            boolean tame = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && (uri.getPort() == -1 || uri.getPort() == 80)
                    && uri.getRawPath() != null
                    && uri.getRawPath().length() <= LONGEST_PATH;
            return tame ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The content of an extension, which comes wrapped in an octet string. */
    private static Optional<Der> extension(X509Certificate certificate, String oid) {
        byte[] wrapped = certificate.getExtensionValue(oid);
        return wrapped == null ? Optional.empty() : Der.of(wrapped).enter(Der.OCTET_STRING);
    }
}
