package dev.plumbline.identity;

import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity that a certificate carries as its only URI name (SPIFFE ID and X509-SVID standards).
 *
 * <ul>
 *   <li>{@code spiffe://DOMAIN/site/S/segment/G/agent/A}
 *   <li>{@code spiffe://DOMAIN/site/S/operator/NAME}
 *   <li>{@code spiffe://DOMAIN/site/S/collector}
 * </ul>
 *
 * @param domain trust domain: lower-case letters, digits, dots, hyphens, underscores
 * @param segment present exactly for agents
 * @param name of the agent or operator, empty for the collector
 */
public record SpiffeId(String domain, String site, Kind kind, Optional<SegmentId> segment, String name) {
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern SITE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern FORM = Pattern.compile(
            "spiffe://([^/]+)/site/([^/]+)/(?:segment/([^/]+)/agent/([^/]+)|operator/([^/]+)|collector)");

    /** URI among the general names of RFC 5280 §4.2.1.6. */
    private static final int URI_NAME = 6;

    /** What the bearer may be. */
    public enum Kind {
        AGENT,
        OPERATOR,
        COLLECTOR
    }

    public SpiffeId {
        check(DOMAIN, domain, "trust domain", "lower-case letters, digits and . - _");
        check(SITE, site, "site id", "lower-case letters, digits and hyphens, at most 63");
        if (kind != Kind.COLLECTOR) {
            check(NAME, name, "name of an agent or operator", "letters, digits and . - _, at most 63");
        } else if (!name.isEmpty()) {
            throw new IllegalArgumentException("a site has one collector, which has no name such as '" + name + "'");
        }
        if (kind == Kind.AGENT && segment.isPresent()) {
            // The same names as everywhere else: what is no agent's name is refused here, not deep inside.
            name = new AgentId(segment.get(), name).name();
        }
        if (segment.isPresent() != (kind == Kind.AGENT)) {
            throw new IllegalArgumentException("an agent has a segment, and nobody else has");
        }
    }

    public static SpiffeId agent(String domain, String site, SegmentId segment, String name) {
        return new SpiffeId(domain, site, Kind.AGENT, Optional.of(segment), name);
    }

    public static SpiffeId operator(String domain, String site, String name) {
        return new SpiffeId(domain, site, Kind.OPERATOR, Optional.empty(), name);
    }

    public static SpiffeId collector(String domain, String site) {
        return new SpiffeId(domain, site, Kind.COLLECTOR, Optional.empty(), "");
    }

    /**
     * @throws IllegalArgumentException with a sentence that shows the forms
     */
    public static SpiffeId parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no identity; it has the form "
                    + "spiffe://DOMAIN/site/S/segment/G/agent/A, .../site/S/operator/NAME or .../site/S/collector");
        }
        if (m.group(3) != null) {
            return agent(m.group(1), m.group(2), new SegmentId(m.group(3)), m.group(4));
        }
        return m.group(5) != null ? operator(m.group(1), m.group(2), m.group(5)) : collector(m.group(1), m.group(2));
    }

    /**
     * The identity in a certificate that was verified before.
     *
     * @throws IllegalArgumentException with a sentence when it has none, several, or one of another form
     */
    public static SpiffeId of(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            List<String> names = uriNames(certificate.getSubjectAlternativeNames());
            if (names.size() != 1) {
                throw new IllegalArgumentException(
                        "certificate " + subject + " has " + names.size() + " URI names; an identity is exactly one");
            }
            return parse(names.get(0));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("certificate " + subject + " has names that cannot be read", e);
        }
    }

    /** True when both belong to one site of one trust domain. */
    public boolean isSameSite(SpiffeId other) {
        return domain.equals(other.domain) && site.equals(other.site);
    }

    private static List<String> uriNames(@Nullable Collection<List<?>> names) {
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(n -> Integer.valueOf(URI_NAME).equals(n.get(0)))
                .map(n -> String.valueOf(n.get(1)))
                .toList();
    }

    private static void check(Pattern form, String value, String what, String right) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " '" + value + "' must be " + right);
        }
    }

    /** The URI. */
    @Override
    public String toString() {
        String base = "spiffe://" + domain + "/site/" + site;
        return switch (kind) {
            case AGENT -> base + "/segment/" + segment.orElseThrow() + "/agent/" + name;
            case OPERATOR -> base + "/operator/" + name;
            case COLLECTOR -> base + "/collector";
        };
    }
}
