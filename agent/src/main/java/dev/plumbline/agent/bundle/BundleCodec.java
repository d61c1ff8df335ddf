package dev.plumbline.agent.bundle;

import com.google.protobuf.ByteString;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.v1.BundleAnchor;
import dev.plumbline.v1.BundleOpening;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.SummaryCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import dev.plumbline.words.Sha256;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Between a bundle's opening and its message. */
final class BundleCodec {
    private BundleCodec() {}

    static BundleOpening encode(Bundle bundle, Instant writtenAt) {
        BundleOpening.Builder message = BundleOpening.newBuilder()
                .setWrittenAt(Fields.timestamp(writtenAt))
                .setEditionId(bundle.asked().edition())
                .addAllKnownEditionIds(bundle.asked().editions())
                .setCatalogHash(bundle.asked().catalogHash())
                .addAllRoles(words(bundle.asked().roles()))
                .addAllServices(words(bundle.asked().services()))
                .setPlan(PlanCodec.encode(bundle.plan()))
                .setSummary(SummaryCodec.encode(bundle.summary()))
                .setClosedAt(Fields.timestamp(bundle.closedAt()))
                .setElapsedMicros(Fields.micros(bundle.elapsed()))
                .setCutShortBy(bundle.cutShortBy());
        for (IdentityClass identity : IdentityClass.values()) {
            BundleAnchor.Builder anchor = BundleAnchor.newBuilder().setIdentity(Words.of(identity));
            bundle.anchors()
                    .of(identity)
                    .forEach(c -> message.addAnchors(anchor.clone().setCertificate(der(c))));
            bundle.anchors().pinsOf(identity).stream()
                    .sorted()
                    .forEach(p -> message.addAnchors(anchor.clone().setPinSha256(Fields.sha256(p))));
        }
        return message.build();
    }

    static Bundle decode(BundleOpening message, List<Observation> observations, List<Evidence> evidence)
            throws WireException {
        return new Bundle(
                new Asked(
                        set(Role.class, message.getRolesList(), "roles"),
                        set(Service.class, message.getServicesList(), "services"),
                        message.getEditionId(),
                        message.getKnownEditionIdsList(),
                        message.getCatalogHash()),
                Fields.required(message.hasPlan(), message.getPlan(), "plan", PlanCodec::decode),
                anchors(message.getAnchorsList()),
                observations,
                evidence,
                Fields.required(message.hasSummary(), message.getSummary(), "summary", SummaryCodec::decode),
                Fields.instant(message.hasClosedAt(), message.getClosedAt(), "closed_at"),
                Fields.span(message.getElapsedMicros(), "elapsed_micros"),
                message.getCutShortBy());
    }

    private static TrustAnchors anchors(List<BundleAnchor> messages) throws WireException {
        Map<IdentityClass, List<X509Certificate>> certificates = new EnumMap<>(IdentityClass.class);
        Map<IdentityClass, Set<Sha256>> pins = new EnumMap<>(IdentityClass.class);
        List<IdentityClass> classes =
                Fields.each(messages, "anchors", anchor -> word(IdentityClass.class, anchor.getIdentity(), "identity"));
        for (int i = 0; i < classes.size(); i++) {
            BundleAnchor anchor = messages.get(i);
            String field = "anchors[" + i + "]";
            if (anchor.getPinSha256().isEmpty()) {
                certificates
                        .computeIfAbsent(classes.get(i), c -> new ArrayList<>())
                        .add(certificate(anchor.getCertificate(), field + ".certificate"));
            } else {
                pins.computeIfAbsent(classes.get(i), c -> new HashSet<>())
                        .add(Fields.sha256(anchor.getPinSha256(), field + ".pin_sha256"));
            }
        }
        return new TrustAnchors(certificates, pins);
    }

    private static ByteString der(X509Certificate certificate) {
        try {
            return ByteString.copyFrom(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static X509Certificate certificate(ByteString der, String field) throws WireException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
        } catch (CertificateException e) {
            throw new WireException(field, "is no certificate in DER");
        }
    }

    private static <E extends Enum<E>> List<String> words(Set<E> set) {
        return set.stream().sorted(Comparator.naturalOrder()).map(Words::of).toList();
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, List<String> words, String field)
            throws WireException {
        return Set.copyOf(Fields.each(words, field, word -> word(type, word, "word")));
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word, String field) throws WireException {
        try {
            return Words.of(type, word);
        } catch (IllegalArgumentException e) {
            throw new WireException(field, String.valueOf(e.getMessage()));
        }
    }
}
