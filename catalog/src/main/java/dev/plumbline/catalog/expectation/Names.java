package dev.plumbline.catalog.expectation;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names in certificates: what they cover (RFC 9525), and how to call them in a sentence. */
final class Names {
    private static final int DNS_NAME = 2;

    private Names() {}

    /** True when a subjectAltName covers the host; a wildcard stands for exactly one, the left-most, label. */
    static boolean covers(X509Certificate certificate, String host) {
        return dnsNames(certificate).stream().anyMatch(n -> covers(n, host));
    }

    static boolean covers(String presented, String host) {
        String name = presented.toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        if (!name.startsWith("*.")) {
            return name.equals(asked);
        }
        int dot = asked.indexOf('.');
        // A wildcard needs two labels behind it: *.com names nobody.
        return dot > 0 && asked.substring(dot).equals(name.substring(1)) && name.indexOf('.', 2) > 0;
    }

    static List<String> dnsNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> entry : all) {
                    if (entry.get(0) instanceof Integer type && type == DNS_NAME) {
                        names.add(String.valueOf(entry.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Names that cannot be read cover nothing.
            return List.of();
        }
        return names;
    }

    /** At most three names, or the subject when there are none. */
    static String shown(X509Certificate certificate) {
        List<String> names = dnsNames(certificate);
        if (names.isEmpty()) {
            return subject(certificate);
        }
        String first = String.join(", ", names.subList(0, Math.min(3, names.size())));
        return names.size() > 3 ? first + " and " + (names.size() - 3) + " more" : first;
    }

    static String issuer(X509Certificate certificate) {
        return called(certificate.getIssuerX500Principal());
    }

    static String subject(X509Certificate certificate) {
        return called(certificate.getSubjectX500Principal());
    }

    /** {@code CN (O)}, as far as there are such. */
    private static String called(X500Principal principal) {
        Optional<String> name = part(principal, "CN");
        Optional<String> organisation = organisation(principal);
        if (name.isPresent()) {
            return "'" + name.get() + "'"
                    + organisation.map(o -> " (" + o + ")").orElse("");
        }
        return organisation.map(o -> "'" + o + "'").orElse("'" + principal.getName() + "'");
    }

    static Optional<String> organisation(X500Principal principal) {
        return part(principal, "O");
    }

    private static Optional<String> part(X500Principal principal, String type) {
        try {
            return new LdapName(principal.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(r -> r.getType().equalsIgnoreCase(type))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .reduce((deeper, outer) -> outer);
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
