package dev.plumbline.collector.judge;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.expectation.Certificates;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.projection.Judges;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Real judges of a scene's site, who know its certificates from the journal only. The roots lie in files, for other
 * processes.
 */
record SceneJudges(Site site, TrustAnchors anchors) implements Judges {
    private static final Catalog CATALOG = Catalog.builtIn();

    static void write(TestPki pki, Path folder) throws IOException, CertificateEncodingException {
        Files.write(folder.resolve("private.der"), pki.privateRoot().getEncoded());
        Files.write(folder.resolve("public.der"), pki.publicRoot().getEncoded());
    }

    static SceneJudges read(Site site, Path folder) throws IOException, CertificateException {
        return new SceneJudges(
                site,
                CATALOG.anchors()
                        .with(IdentityClass.APPLE_PRIVATE, List.of(root(folder.resolve("private.der"))))
                        .with(IdentityClass.PUBLIC, List.of(root(folder.resolve("public.der")))));
    }

    private static X509Certificate root(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Override
    public RoundJudge begin(Certificates evidence) {
        return new SiteJudge(site, this::plan, evidence, anchors, Agreements.NONE);
    }

    private Plan plan(SegmentId id) {
        return Planner.plan(CATALOG, site, site.segment(id).orElseThrow(), Plan.Settings.DEFAULT);
    }
}
