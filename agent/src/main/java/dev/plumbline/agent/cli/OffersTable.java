package dev.plumbline.agent.cli;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Where one address was made several TLS offers: what each was answered with, and the chain seen under it. */
final class OffersTable {
    private static final List<String> HEAD =
            List.of("OFFERS TO", "ADDRESS", "NAME", "VERSIONS", "ALPN", "TLS", "CHAIN");
    /** The arc under which Apple marks what a certificate may be used for. */
    private static final String APPLE_ARC = "1.2.840.113635.";

    private OffersTable() {}

    /** Writes nothing when no address was made more than one offer. */
    static void write(Facts facts, List<Target> targets, PrintWriter out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        Map<?, Observation> last = facts.last();
        for (Target target : targets) {
            Observation observation = last.get(target.id());
            if (observation != null) {
                observation.directAttempts().stream()
                        .filter(attempt -> attempt.handshakes().size() > 1)
                        .forEach(attempt -> attempt.handshakes().stream()
                                .map(handshake -> line(target, attempt, handshake, facts))
                                .forEach(lines::add));
            }
        }
        if (lines.size() > 1) {
            out.println();
            FactsTable.print(lines, out);
        }
    }

    private static List<String> line(Target target, Attempt attempt, Handshake handshake, Facts facts) {
        return List.of(
                target.id().value(),
                attempt.remote().address(),
                handshake.serverName(),
                handshake.versionsOffered().isEmpty() ? "usual" : String.join(" ", handshake.versionsOffered()),
                handshake.alpnOffered().isEmpty() ? "none" : String.join(",", handshake.alpnOffered()),
                FactsTable.tls(handshake),
                chain(handshake.certificates(), facts));
    }

    /** Common names from the leaf to the issuer of the last certificate, with Apple's own extensions in brackets. */
    private static String chain(List<Sha256> hashes, Facts facts) {
        List<X509Certificate> chain =
                hashes.stream().map(facts::byHash).flatMap(Optional::stream).toList();
        if (chain.isEmpty()) {
            return "-";
        }
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            List<String> marks = appleExtensions(certificate);
            text.append(commonName(certificate.getSubjectX500Principal()))
                    .append(marks.isEmpty() ? "" : " [" + String.join(" ", marks) + "]")
                    .append(" <- ");
        }
        X509Certificate top = chain.get(chain.size() - 1);
        return text + commonName(top.getIssuerX500Principal());
    }

    /** Identifiers of the extensions under Apple's arc, in order. */
    static List<String> appleExtensions(X509Certificate certificate) {
        Set<String> all = certificate.getNonCriticalExtensionOIDs();
        return all == null
                ? List.of()
                : all.stream().filter(oid -> oid.startsWith(APPLE_ARC)).sorted().toList();
    }

    private static String commonName(X500Principal principal) {
        try {
            return new LdapName(principal.getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst()
                            .orElse(principal.getName());
        } catch (InvalidNameException e) {
            return principal.getName();
        }
    }
}
