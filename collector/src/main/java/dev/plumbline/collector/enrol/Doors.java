package dev.plumbline.collector.enrol;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where hosts reach the collector's two ports, as tokens and answers say it. Any thread. */
public final class Doors {
    /** Among the general names of RFC 5280 section 4.2.1.6. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private final List<String> hosts;
    private volatile @Nullable Ports ports;

    private record Ports(int enrolment, int agents) {}

    private Doors(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** @param hosts empty = the addresses of the collector's certificate, then its names */
    public static Doors of(List<String> hosts, X509Certificate collector) {
        return new Doors(hosts.isEmpty() ? named(collector) : hosts);
    }

    /** Addresses, then names. */
    static List<String> named(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return List.of();
            }
            return Stream.of(IP_ADDRESS, DNS_NAME)
                    .flatMap(kind ->
                            names.stream().filter(n -> kind.equals(n.get(0))).map(n -> String.valueOf(n.get(1))))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** From now on both ports are open. */
    public void open(int enrolment, int agents) {
        ports = new Ports(enrolment, agents);
    }

    /** {@code HOST:PORT} of the port for hosts without a certificate; empty while it is not open, or where nobody is told of it. */
    List<String> enrolment() {
        return Optional.ofNullable(ports).map(p -> at(p.enrolment)).orElse(List.of());
    }

    /** {@code HOST:PORT} of the port for agents; empty while it is not open. */
    List<String> agents() {
        return Optional.ofNullable(ports).map(p -> at(p.agents)).orElse(List.of());
    }

    private List<String> at(int port) {
        return hosts.stream()
                .map(h -> (h.indexOf(':') >= 0 ? "[" + h + "]" : h) + ":" + port)
                .toList();
    }
}
