package dev.plumbline.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.site.SiteReader;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.fuzz.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of catalogs and sites that went wrong in an editor, in a merge or on a disk. */
final class CatalogFuzzTest {
    private static final int LINES = 60;

    @TempDir
    private Path folder = Path.of("");

    /** The beginning of a file of the program's own: its head and rows of every kind. */
    private static String beginning(String file) {
        try (InputStream in = BuiltIn.class.getResourceAsStream("/plumbline/catalog/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(LINES)
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertTold(String file, List<String> problems) {
        assertThat(problems).allMatch(problem -> problem.startsWith(file + ":"));
    }

    @Test
    void editions() {
        Fuzz.total(
                "editions",
                Fuzz.texts(
                        beginning("editions/plumbline-2026.tsv"),
                        beginning("editions/ht210060-2019.tsv"),
                        beginning("editions/rummel-2013.tsv")),
                bytes -> {
                    List<String> problems = new ArrayList<>();
                    EditionReader.read("x.tsv", new String(bytes, StandardCharsets.UTF_8), problems);
                    assertTold("x.tsv", problems);
                });
    }

    @Test
    void targets() throws ConfigException {
        Draft whole = BuiltIn.read();
        Fuzz.total("targets", Fuzz.texts(beginning("targets.tsv")), bytes -> {
            List<String> problems = new ArrayList<>();
            List<TargetRow> read = TargetReader.read("x.tsv", new String(bytes, StandardCharsets.UTF_8), problems);
            assertTold("x.tsv", problems);
            Draft draft = copy(whole);
            read.stream().limit(5).forEach(draft::add);
        });
    }

    private static Draft copy(Draft whole) {
        Draft draft = new Draft();
        draft.editions.addAll(whole.editions);
        draft.rows.addAll(whole.rows);
        draft.targets.putAll(whole.targets);
        draft.anchors = whole.anchors;
        return draft;
    }

    @Test
    void overlays() throws Exception {
        X509Certificate any =
                Catalog.builtIn().anchors().of(IdentityClass.PUBLIC).get(0);
        Files.writeString(folder.resolve("root.pem"), pem(any));
        Draft whole = BuiltIn.read();
        // The platform's own anchors take long to read, and are none of the overlay's.
        whole.anchors = TrustAnchors.NONE.with(IdentityClass.PUBLIC, List.of(any));
        Path overlay = folder.resolve("overlay.yaml");
        Fuzz.refusing(
                "overlays",
                Fuzz.texts("""
                        anchors: {apple-private: root.pem, public: [root.pem]}
                        minimum-interval: 0s
                        targets:
                          - {id: "gdmf.apple.com:443", identity: public, alpn: [h2, none]}
                          - id: mdm
                            add: true
                            host: mdm.campus.example
                            port: 8443
                            roles: [device, mdm-server]
                            minimum-interval: 1m
                          - {id: "courier:5223", pool: 3, obligation: retired, retired-on: 2026-01-01}
                        """, """
                        targets:
                          - {id: "albert.apple.com:443", host: albert.test.example, obligation: optional-by-policy}
                        """),
                bytes -> {
                    Files.write(overlay, bytes);
                    Overlays.apply(copy(whole), List.of(overlay));
                },
                ConfigException.class);
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void anchors() throws Exception {
        List<X509Certificate> all = Catalog.builtIn().anchors().of(IdentityClass.PUBLIC);
        Path file = folder.resolve("roots.pem");
        Fuzz.refusing(
                "files of trust anchors",
                List.of(
                        (pem(all.get(0)) + pem(all.get(1))).getBytes(StandardCharsets.US_ASCII),
                        all.get(2).getEncoded()),
                bytes -> {
                    Files.write(file, bytes);
                    assertThat(PemFile.certificates(file)).isNotEmpty();
                },
                IllegalArgumentException.class);
    }

    @Test
    void sites() {
        Fuzz.refusing(
                "sites",
                Fuzz.texts("""
                        site:
                          id: campus
                          domain: campus.example
                          edition: plumbline-2026
                          platforms: [ios, ipados, macos]
                          with: [china]
                          without: [school-manager]
                          segments:
                            - {id: wifi, name: "Wi-Fi", kind: wifi, cidrs: [10.20.0.0/16, "2001:db8::/32"], egress: a}
                            - {id: srv, kind: server, roles: [mdm-server]}
                        """, """
                        site: {id: s, domain: d.example, services: [apns], segments: [{id: one}, {id: one}]}
                        """),
                bytes -> {
                    ConfigFile file = ConfigFile.parse(Path.of("site.yaml"), new String(bytes, StandardCharsets.UTF_8));
                    SiteReader.read(file.root().section("site"));
                    file.finish();
                },
                ConfigException.class);
    }
}
