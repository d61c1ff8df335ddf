package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.config.ConfigException;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverlaysTest {
    @TempDir
    private Path folder;

    private Path overlay(String text) throws IOException {
        return Files.writeString(folder.resolve("overlay.yaml"), text);
    }

    private static Target target(Catalog catalog, String id) {
        return catalog.target(new TargetId(id)).orElseThrow(() -> new AssertionError("no target " + id));
    }

    private List<String> problems(String text) throws IOException {
        Path file = overlay(text);
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> Catalog.load(List.of(file)));
        return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
    }

    @Test
    void aLabGivesItsAnchorsAndTakesTheIntervalsAway() throws Exception {
        X509Certificate root = authority("CN=Lab Root");
        X509Certificate apple = authority("CN=Lab private root");
        pem("root.pem", root);
        pem("apple.pem", apple);
        Catalog catalog = Catalog.load(List.of(overlay("""
                anchors: {apple-private: apple.pem, public: [root.pem]}
                minimum-interval: 0s
                targets:
                  - {id: "gdmf.apple.com:443", identity: public}
                  - {id: "gsa.apple.com:443", identity: public}
                """)));
        assertThat(catalog.anchors().of(IdentityClass.PUBLIC)).containsExactly(root);
        assertThat(catalog.anchors().of(IdentityClass.APPLE_PRIVATE)).containsExactly(apple);
        assertThat(catalog.anchors().pinsOf(IdentityClass.APPLE_PRIVATE)).isEmpty();
        assertThat(catalog.targets()).allMatch(t -> t.minimumInterval().isZero());
        assertThat(target(catalog, "gdmf.apple.com:443").identity()).isEqualTo(IdentityClass.PUBLIC);
        assertThat(target(catalog, "gdmf.apple.com:443").path()).isEqualTo("/v2/pmv");
        assertThat(target(catalog, "gsa.apple.com:443").sources()).isNotEmpty();
    }

    @Test
    void withoutAnOverlayThePublicAnchorsAreTheJvmsAndAppleIsPinned() {
        Catalog catalog = Catalog.builtIn();
        assertThat(catalog.anchors().of(IdentityClass.PUBLIC)).hasSizeGreaterThan(50);
        assertThat(catalog.anchors().of(IdentityClass.APPLE_PRIVATE)).isEmpty();
        assertThat(catalog.anchors().pinsOf(IdentityClass.APPLE_PRIVATE)).hasSize(1);
        assertThat(target(catalog, "gdmf.apple.com:443").identity()).isEqualTo(IdentityClass.APPLE_PRIVATE);
    }

    @Test
    void anOrganisationAddsItsOwnHostsToEveryEdition() throws Exception {
        Catalog catalog = Catalog.load(List.of(overlay("""
                targets:
                  - id: mdm
                    add: true
                    host: mdm.campus.example
                    port: 8443
                    roles: [device, mdm-server]
                    minimum-interval: 1m
                """)));
        Target mdm = target(catalog, "mdm");
        assertThat(mdm.host()).isEqualTo("mdm.campus.example");
        assertThat(mdm.serverName()).isEqualTo("mdm.campus.example");
        assertThat(mdm.port()).isEqualTo(8443);
        assertThat(mdm.identity()).isEqualTo(IdentityClass.ORGANISATION);
        assertThat(mdm.services()).containsExactly(Service.ORGANISATION);
        assertThat(mdm.roles()).isEqualTo(Set.of(Role.DEVICE, Role.MDM_SERVER));
        assertThat(mdm.minimumInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(catalog.targets("jamf-apns")).contains(mdm);
        assertThat(mdm.sources()).containsExactly(new RowRef(RowRef.OVERLAY, 2, "overlay.yaml: mdm"));
    }

    @Test
    void whatIsNotWrittenStaysAndAChangedHostTakesItsServerNameAlong() throws Exception {
        Catalog catalog = Catalog.load(List.of(overlay("""
                targets:
                  - {id: "albert.apple.com:443", host: albert.test.example, port: 8443, obligation: optional-by-policy}
                  - {id: "courier:5223", port: 15223}
                """)));
        Target albert = target(catalog, "albert.apple.com:443");
        assertThat(albert.serverName()).isEqualTo("albert.test.example");
        assertThat(albert.obligation()).isEqualTo(Obligation.OPTIONAL_BY_POLICY);
        assertThat(albert.identity()).isEqualTo(IdentityClass.PUBLIC);
        Target courier = target(catalog, "courier:5223");
        assertThat(courier.serverName()).isEqualTo("courier.push.apple.com");
        assertThat(courier.port()).isEqualTo(15223);
        assertThat(courier.alpnLadder()).containsExactly("apns-security-v3", "apns-pack-v1:4096:4096", "");
    }

    @Test
    void allProblemsOfAnOverlayComeAtOnceWithFileLineAndKey() throws Exception {
        assertThat(problems("""
                anchors: {public: [missing.pem], apple: [x.pem]}
                minimum-interval: soon
                targets:
                  - {id: "gdmf.apple.con:443", identity: public}
                  - {id: "courier:5223", port: 70000, colour: red}
                  - {id: "courier:443", add: true, host: a.example}
                  - {id: "mdm", add: true, port: 8443, roles: [printer]}
                  - {id: "bag", identity: public}
                  - {id: "zzzzzzzzzzzz"}
                  - {port: 443}
                """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p)
                                .isEqualTo("overlay.yaml:1: anchors.public: missing.pem cannot be read"
                                        + " (NoSuchFileException); name an existing PEM file"),
                        p -> assertThat(p)
                                .startsWith("overlay.yaml:1: anchors.apple: is no key here; known are apple-private"),
                        p -> assertThat(p).startsWith("overlay.yaml:2: minimum-interval: 'soon' is no time span"),
                        p -> assertThat(p)
                                .isEqualTo("overlay.yaml:4: targets[0].id: there is no target"
                                        + " 'gdmf.apple.con:443'; near are gdmf.apple.com:443, gc.apple.com:443, gg.apple.com:443"
                                        + " (write 'add: true' for a new target)"),
                        p -> assertThat(p).startsWith("overlay.yaml:5: targets[1].port: 70000 is not between"),
                        p -> assertThat(p).startsWith("overlay.yaml:5: targets[1].colour: is no key here"),
                        p -> assertThat(p)
                                .isEqualTo("overlay.yaml:6: targets[2].id: target courier:443 exists already;"
                                        + " leave out 'add' to change it"),
                        p -> assertThat(p).startsWith("overlay.yaml:7: targets[3].host: is missing"),
                        p -> assertThat(p).startsWith("overlay.yaml:7: targets[3].roles: 'printer' is none of device"),
                        p -> assertThat(p)
                                .contains("overlay.yaml:8: targets[4].id: target bag: probe bag and identity public"),
                        p -> assertThat(p)
                                .contains("overlay.yaml:9: ", "'plumbline catalog targets' lists those that exist"),
                        p -> assertThat(p).isEqualTo("overlay.yaml:10: targets[6].id: is missing"));
    }

    @Test
    void aFileThatHoldsNoCertificateIsNamed() throws Exception {
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(folder.resolve("text.pem"), "no certificate at all\n");
        assertThat(problems("anchors: {public: [empty.pem, text.pem]}\n"))
                .hasSize(2)
                .satisfiesExactly(
                        p -> assertThat(p).contains("empty.pem holds no certificate"),
                        p -> assertThat(p).contains("text.pem"));
    }

    private void pem(String name, X509Certificate certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        Files.writeString(folder.resolve(name), text.toString());
    }

    private static X509Certificate authority(String name) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.ONE,
                Date.from(Instant.EPOCH),
                Date.from(Instant.parse("2040-01-01T00:00:00Z")),
                new X500Name(name),
                keys.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
