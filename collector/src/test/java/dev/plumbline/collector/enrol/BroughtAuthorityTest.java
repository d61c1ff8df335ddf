package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.HeardLog;
import dev.plumbline.collector.SealCheck;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.OrganisationPki.Wanted;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.PeerTrust;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** An authority that the organisation's root issued, in place of one of the site's own. */
final class BroughtAuthorityTest {
    private static final Segment WIFI =
            new Segment(new SegmentId("wifi"), "Wi-Fi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat");

    @TempDir
    Path folder;

    private final SetClock clock = SetClock.at(Instant.now());
    private Wanted root;
    private Wanted middle;
    private Wanted site;

    @BeforeEach
    void want() throws Exception {
        root = new Wanted("Root", clock.instant());
        middle = new Wanted("Middle", clock.instant());
        site = new Wanted("Site", clock.instant());
    }

    private List<X509Certificate> chain() throws Exception {
        return List.of(
                OrganisationPki.issue(site, middle),
                OrganisationPki.issue(middle, root),
                OrganisationPki.issue(root, root));
    }

    private SiteAuthority read(List<X509Certificate> chain) throws Exception {
        OrganisationPki.write(folder.resolve("chain.pem"), chain);
        OrganisationPki.write(folder.resolve("site.key"), site.keys);
        return SiteAuthority.read(
                "campus.example", "campus", folder.resolve("chain.pem"), folder.resolve("site.key"), clock.instant());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # WHAT IS WRONG       | WHAT IS SAID AFTER THE FILE'S NAME
            not-an-authority      | certificate 1 (CN=Site) is no authority: its basicConstraints do not say so; ask for the certificate of an intermediate authority
            no-constraints        | certificate 2 (CN=Middle) is no authority: its basicConstraints do not say so
            cannot-sign           | certificate 1 (CN=Site) may not sign certificates: its keyUsage lacks keyCertSign
            path-too-short        | certificate 3 (CN=Root) allows a path length of 1, and authorities below it are 2; ask for one that allows so many
            for-servers-alone     | certificate 1 (CN=Site) limits what is issued under it: its extendedKeyUsage needs serverAuth and clientAuth, or is left out
            ended                 | certificate 2 (CN=Middle) ended on
            not-begun             | certificate 2 (CN=Middle) begins on
            short-key             | certificate 2 (CN=Middle) has an RSA key of 1024 bits; at least 2048 are needed
            out-of-order          | certificate 1 (CN=Site) was not issued by the next one (CN=Root); write the issuing authority first, and after each the one that issued it
            """)
    void eachDefectIsASentence(String defect, String sentence) throws Exception {
        switch (defect) {
            case "not-an-authority" -> site.constraints = Optional.of(new BasicConstraints(false));
            case "no-constraints" -> middle.constraints = Optional.empty();
            case "cannot-sign" -> site.usage = KeyUsage.digitalSignature;
            case "path-too-short" -> root.constraints = Optional.of(new BasicConstraints(1));
            case "for-servers-alone" -> site.purpose = Optional.of(KeyPurposeId.id_kp_serverAuth);
            case "ended" -> middle.ends = clock.instant().minusSeconds(60);
            case "not-begun" -> middle.begins = clock.instant().plusSeconds(3600);
            case "short-key" -> middle.keys = Requests.rsa(1024);
            case "out-of-order" -> {}
            default -> throw new IllegalArgumentException(defect);
        }
        List<X509Certificate> whole = chain();
        List<X509Certificate> written =
                defect.equals("out-of-order") ? List.of(whole.get(0), whole.get(2), whole.get(1)) : whole;
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(written));
        assertThat(e.problems().get(0)).startsWith(folder.resolve("chain.pem") + ": " + sentence);
    }

    @Test
    void theSitesOwnAuthorityHasNoDefect() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        SiteAuthority own = new AuthorityFolder(folder.resolve("pki")).load(clock.instant());
        assertThat(own.below()).isEmpty();
        assertThat(own.anchor()).isEqualTo(own.certificate());
    }

    @Test
    void anAuthorityWithAnRsaKeyIssuesToo() throws Exception {
        site.keys = Requests.rsa(2048);
        assertThat(read(chain()).below()).hasSize(2);
    }

    @Test
    void nothingThatIsIssuedOutlivesTheAuthority() throws Exception {
        middle.ends = clock.instant().plus(Duration.ofDays(3));
        X509Certificate agent =
                read(chain()).agent(new SegmentId("wifi"), "a", clock.instant()).certificate();
        assertThat(agent.getNotAfter().toInstant())
                .isBetween(clock.instant().plus(Duration.ofDays(3)).minusSeconds(2), middle.ends);
    }

    private String init(String... more) {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new InitCommand());
        line.setErr(new PrintWriter(err));
        line.setOut(new PrintWriter(new StringWriter()));
        String[] arguments = new String[8 + more.length];
        System.arraycopy(
                new String[] {
                    "--dir",
                    folder.resolve("pki").toString(),
                    "--site",
                    "campus",
                    "--domain",
                    "campus.example",
                    "--address",
                    "127.0.0.1"
                },
                0,
                arguments,
                0,
                8);
        System.arraycopy(more, 0, arguments, 8, more.length);
        return line.execute(arguments) + " " + err;
    }

    private String initUnder() {
        return init(
                "--authority",
                folder.resolve("chain.pem").toString(),
                "--authority-key",
                folder.resolve("site.key").toString());
    }

    private TlsMaterial material(String where, String name) throws Exception {
        Path in = folder.resolve(where);
        return new TlsFiles(in.resolve(name + ".pem"), in.resolve(name + ".key"), in.resolve("ca.pem"))
                .load(clock.instant());
    }

    /** The root is in no file that an auditor is handed. */
    @Test
    void aReportThatTheCollectorSignedIsCheckedByTheAuthorityAlone() throws Exception {
        read(chain());
        assertThat(initUnder()).startsWith("0 ");
        byte[] document = "what was met".getBytes(StandardCharsets.UTF_8);
        TlsMaterial collector = material("pki", "collector");
        Path authority = folder.resolve("pki/ca.pem");
        assertThat(SealCheck.of(document, document, collector, authority, clock.instant()))
                .contains("successful", "spiffe://campus.example/site/campus/collector");
        assertThat(SealCheck.of(document, document, material("pki", "operator"), authority, clock.instant()))
                .contains("purpose", "failure");
    }

    @Test
    void initRefusesAddressesThatTheAuthorityMayNotNameBeforeAnythingIsWritten() throws Exception {
        site.names = Optional.of(new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "192.0.2.0/24"))},
                null));
        read(chain());
        assertThat(initUnder())
                .startsWith("2 " + folder.resolve("chain.pem")
                        + ": a collector's certificate for 127.0.0.1 would not be accepted by whoever trusts"
                        + " CN=Root (");
        assertThat(folder.resolve("pki")).doesNotExist();
    }

    @Test
    void agentsAreIssuedAlsoAfterTheFirstCertificateOfTheCollectorEnded() throws Exception {
        AuthorityFolder pki = new AuthorityFolder(folder.resolve("pki"));
        pki.init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        clock.advance(Duration.ofDays(826));
        assertThat(pki.issue(new SegmentId("wifi"), "a", folder.resolve("agent"), clock.instant()))
                .hasToString("spiffe://campus.example/site/campus/segment/wifi/agent/a");
    }

    @Test
    void aCollectorThatRenewedItselfWhileItsClockHadLeaptAheadDoesSoAgain() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        SiteAuthority authority = new AuthorityFolder(folder.resolve("pki")).load(clock.instant());
        LiveIdentity own = new LiveIdentity(material("pki", "collector"));
        try (EnrolmentFile file = EnrolmentFile.open(folder.resolve("enrolment.db"));
                OwnCertificate tended =
                        new OwnCertificate(own, Optional.of(authority), folder.resolve("identity.pem"), file, clock)) {
            clock.advance(Duration.ofDays(600));
            tended.tend();
            clock.advance(Duration.ofDays(-600));
            tended.tend();
            assertThat(own.current().chain().get(0).getNotBefore().toInstant()).isBefore(clock.instant());
        }
    }

    @Test
    void initMakesCertificatesThatLeadToTheRootAndLeavesTheKeyWhereItIs() throws Exception {
        List<X509Certificate> chain = chain();
        read(chain);
        assertThat(initUnder()).isEqualTo("0 ");
        assertThat(folder.resolve("pki/ca.key")).doesNotExist();
        TlsMaterial collector = material("pki", "collector");
        assertThat(collector.chain()).hasSize(3);
        assertThat(collector.trust())
                .extracting(t -> t.getSubjectX500Principal().getName())
                .as("nobody whom another authority of the organisation's certified")
                .containsExactly("CN=Site");
        SiteAuthority loaded =
                SiteAuthority.load(folder.resolve("chain.pem"), folder.resolve("site.key"), collector, clock.instant());
        assertThat(loaded.certificate()).isEqualTo(collector.trust().get(0));
        assertThat(loaded.anchor()).isEqualTo(chain.get(2));
        assertThat(init("--authority", "chain.pem")).startsWith("2 give both --authority and --authority-key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # WHO CERTIFIED AN OPERATOR | LET IN
            the site's authority        | true
            another one of the root's   | false
            """)
    void theCollectorLetsInWhomTheSitesAuthorityCertifiedAndNobodyOfAnotherUnderTheRoot(String by, boolean isLetIn)
            throws Exception {
        read(chain());
        initUnder();
        TlsMaterial collector = material("pki", "collector");
        if (by.startsWith("another")) {
            site = new Wanted("Sister", clock.instant());
        }
        List<X509Certificate> chain = chain();
        SiteAuthority authority = by.startsWith("another")
                ? read(chain)
                : SiteAuthority.load(
                        folder.resolve("chain.pem"), folder.resolve("site.key"), collector, clock.instant());
        List<X509Certificate> shown = new ArrayList<>(authority.below());
        shown.add(0, authority.operator("admin", clock.instant()).certificate());
        PeerTrust trust = PeerTrust.siteOf(collector, id -> false);
        Throwable refused = catchThrowable(() -> trust.checkClientTrusted(shown.toArray(new X509Certificate[0]), "EC"));
        if (isLetIn) {
            assertThat(refused).isNull();
        } else {
            assertThat(refused).isInstanceOf(CertificateException.class);
        }
    }

    @Test
    void anAuthorityThatIsGivenWithoutItsIssuersIsWhatHostsTrust() throws Exception {
        read(chain().subList(0, 1));
        assertThat(initUnder()).isEqualTo("0 ");
        TlsMaterial collector = material("pki", "collector");
        assertThat(collector.chain()).hasSize(1);
        assertThat(collector.trust())
                .extracting(t -> t.getSubjectX500Principal().getName())
                .containsExactly("CN=Site");
        SiteAuthority authority =
                SiteAuthority.load(folder.resolve("chain.pem"), folder.resolve("site.key"), collector, clock.instant());
        new AuthorityFolder(folder.resolve("pki"))
                .issue(authority, new SegmentId("wifi"), "a", folder.resolve("agent"), clock.instant());
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (CollectorServer server = CollectorServer.start(loopback, collector, List.of())) {
            assertThat(shown(material("agent", "agent"), server.port()))
                    .isEqualTo(collector.chain().get(0));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # BY WHICH KEY           | WHAT IS SAID
            one of its own           | is not among the authorities that this collector trusts
            the trusted authority's  | and the collector's own certificate does not lead to it
            """)
    void anAuthorityOfAnotherRootIsRefusedByTheCollector(String key, String sentence) throws Exception {
        read(chain());
        initUnder();
        TlsMaterial collector = material("pki", "collector");
        root = new Wanted("Root", clock.instant());
        middle = new Wanted("Middle", clock.instant());
        if (key.startsWith("one")) {
            site = new Wanted("Site", clock.instant());
        }
        read(chain());
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> SiteAuthority.load(
                        folder.resolve("chain.pem"), folder.resolve("site.key"), collector, clock.instant()));
        assertThat(e.problems().get(0)).contains(sentence);
    }

    /** The certificate that a server shows to an agent, over real TLS with a client certificate. */
    private static X509Certificate shown(TlsMaterial agent, int port) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", agent.key(), "own".toCharArray(), agent.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, "own".toCharArray());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {PeerTrust.collectorOf(agent)}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void anAgentUnderItConnectsAndTheCollectorRenewsItsOwnCertificateWithoutARestart() throws Exception {
        read(chain());
        initUnder();
        SiteAuthority authority = SiteAuthority.load(
                folder.resolve("chain.pem"), folder.resolve("site.key"), material("pki", "collector"), clock.instant());
        new AuthorityFolder(folder.resolve("pki"))
                .issue(authority, new SegmentId("wifi"), "a", folder.resolve("agent"), clock.instant());
        TlsMaterial agent = material("agent", "agent");
        Path renewed = folder.resolve("identity.pem");
        TlsFiles configured = new TlsFiles(
                folder.resolve("pki/collector.pem"), folder.resolve("pki/collector.key"), folder.resolve("pki/ca.pem"));
        LiveIdentity own = new LiveIdentity(OwnCertificate.load(configured, renewed, clock.instant()));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EnrolmentFile file = EnrolmentFile.open(folder.resolve("enrolment.db"));
                OwnCertificate tended = new OwnCertificate(own, Optional.of(authority), renewed, file, clock);
                CollectorServer server =
                        CollectorServer.start(loopback, own, List.of(), id -> false, RefusedCalls.UNTOLD, clock)) {
            X509Certificate first = own.current().chain().get(0);
            tended.tend();
            assertThat(shown(agent, server.port())).as("it is young").isEqualTo(first);
            clock.advance(Duration.ofDays(551));
            tended.tend();
            X509Certificate second = own.current().chain().get(0);
            assertThat(second).isNotEqualTo(first);
            assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
            assertThat(List.copyOf(second.getSubjectAlternativeNames()))
                    .isEqualTo(List.copyOf(first.getSubjectAlternativeNames()));
            assertThat(own.current().chain()).hasSize(3);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(renewed)))
                    .isEqualTo("rw-------");
            assertThat(OwnCertificate.load(configured, renewed, clock.instant())
                            .chain()
                            .get(0))
                    .as("after a restart")
                    .isEqualTo(second);
            List<AuditEntry> entries = file.read(records -> records.audit(Long.MAX_VALUE, 10));
            assertThat(entries).extracting(AuditEntry::what).containsExactly(AuditEntry.What.COLLECTOR_RENEWED);
            tended.tend();
            assertThat(own.current().chain().get(0)).as("once").isEqualTo(second);
        }
        Files.writeString(renewed, "half of");
        assertThat(OwnCertificate.load(configured, renewed, clock.instant()).chain())
                .as("what is damaged is passed over")
                .isEqualTo(material("pki", "collector").chain());
    }

    private TlsFiles collectorFiles(String where) {
        Path in = folder.resolve(where);
        return new TlsFiles(in.resolve("collector.pem"), in.resolve("collector.key"), in.resolve("ca.pem"));
    }

    /** What a server shows to a host that has nothing but a token. */
    private static List<X509Certificate> shownToStrangers(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return Stream.of(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    @Test
    void hostsThatJoinAreShownTheAnchorOfTheirTokensAlsoAfterTheCollectorRenewedItself() throws Exception {
        List<X509Certificate> chain = chain();
        read(chain);
        initUnder();
        LiveIdentity own = new LiveIdentity(material("pki", "collector"));
        SiteAuthority authority = SiteAuthority.load(
                folder.resolve("chain.pem"), folder.resolve("site.key"), own.current(), clock.instant());
        Doors doors = Doors.of(List.of("127.0.0.1"), own.current().chain().get(0));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Site declared = new Site("campus", "campus.example", "plumbline-2026", Set.of(), Set.of(), List.of(WIFI));
        try (EnrolmentFile file = EnrolmentFile.open(folder.resolve("enrolment.db"));
                OwnCertificate tended =
                        new OwnCertificate(own, Optional.of(authority), folder.resolve("identity.pem"), file, clock)) {
            Enrolment enrolment = new Enrolment(file, authority, doors, () -> declared, false, clock);
            try (EnrolmentServer server = EnrolmentServer.start(
                    loopback, own, authority.chain().certificates(), new EnrolmentService(enrolment, doors))) {
                doors.open(server.port(), 50051);
                Sha256 fingerprint = enrolment
                        .invite(WIFI.id(), Optional.empty(), Duration.ofHours(1), "somebody")
                        .token()
                        .authority();
                assertThat(fingerprint).isEqualTo(Sha256.of(chain.get(2).getEncoded()));
                List<X509Certificate> before = shownToStrangers(server.port());
                clock.advance(Duration.ofDays(551));
                tended.tend();
                List<X509Certificate> after = shownToStrangers(server.port());
                assertThat(after.get(0))
                        .isNotEqualTo(before.get(0))
                        .isEqualTo(own.current().chain().get(0));
                for (List<X509Certificate> shown : List.of(before, after)) {
                    assertThat(shown.subList(1, 4)).isEqualTo(chain);
                }
            }
        }
    }

    private void initUnder(String where, String chain, String key) throws Exception {
        new AuthorityFolder(folder.resolve(where))
                .init(
                        "campus.example",
                        "campus",
                        folder.resolve(chain),
                        folder.resolve(key),
                        List.of("127.0.0.1"),
                        clock.instant());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # WHAT THE CONFIGURATION NAMES NOW          | MADE UNDER | DAYS AFTER THE FIRST
            another authority's, of before the renewal  | another    | 1
            another authority's, of after the renewal   | another    | 552
            the same authority's, made anew by hand     | the same   | 552
            """)
    void whatTheCollectorGaveItselfGivesWayToWhatIsWrittenSince(String what, String under, int days) throws Exception {
        new AuthorityFolder(folder.resolve("own"))
                .init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        SiteAuthority earlier = new AuthorityFolder(folder.resolve("own")).load(clock.instant());
        root.ends = clock.instant().plus(Duration.ofDays(600));
        read(chain());
        LiveIdentity own = new LiveIdentity(material("own", "collector"));
        Path renewed = folder.resolve("identity.pem");
        boolean isBefore = days < 551;
        if (isBefore) {
            clock.advance(Duration.ofDays(days));
            initUnder("next", "chain.pem", "site.key");
        }
        clock.advance(Duration.ofDays(isBefore ? 551 - days : 551));
        try (EnrolmentFile file = EnrolmentFile.open(folder.resolve("enrolment.db"));
                OwnCertificate tended = new OwnCertificate(own, Optional.of(earlier), renewed, file, clock)) {
            tended.tend();
        }
        assertThat(OwnCertificate.load(collectorFiles("own"), renewed, clock.instant())
                        .chain())
                .isEqualTo(own.current().chain())
                .isNotEqualTo(material("own", "collector").chain());
        if (!isBefore) {
            clock.advance(Duration.ofDays(days - 551));
            initUnder(
                    "next",
                    under.equals("another") ? "chain.pem" : "own/ca.pem",
                    under.equals("another") ? "site.key" : "own/ca.key");
        }
        TlsMaterial next = material("next", "collector");
        assertThat(OwnCertificate.load(collectorFiles("next"), renewed, clock.instant())
                        .chain())
                .isEqualTo(next.chain());
    }

    @Test
    void nearTheEndOfItsAuthorityTheCollectorDoesNotRenewInVain() throws Exception {
        middle.ends = clock.instant().plus(Duration.ofDays(90));
        read(chain());
        initUnder();
        LiveIdentity own = new LiveIdentity(material("pki", "collector"));
        SiteAuthority authority = SiteAuthority.load(
                folder.resolve("chain.pem"), folder.resolve("site.key"), own.current(), clock.instant());
        TlsMaterial first = own.current();
        try (HeardLog log = HeardLog.of(EndWarning.class);
                EnrolmentFile file = EnrolmentFile.open(folder.resolve("enrolment.db"));
                OwnCertificate tended =
                        new OwnCertificate(own, Optional.of(authority), folder.resolve("identity.pem"), file, clock)) {
            clock.advance(Duration.ofDays(80));
            tended.tend();
            tended.tend();
            assertThat(own.current()).isEqualTo(first);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN the site's authority ends on ")
                    .endsWith(" and is not renewed by the collector; put a new one in its place");
            clock.advance(Duration.ofDays(1));
            tended.tend();
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void initUnderItMakesTheFirstAdministratorsTokenToo() throws Exception {
        read(chain());
        initUnder();
        assertThat(FirstToken.beside(folder.resolve("pki/collector.pem"))
                        .orElseThrow()
                        .hash())
                .isEqualTo(BearerToken.hash(Files.readString(folder.resolve("pki/administrator.token"))
                        .strip()));
        assertThat(initUnder()).startsWith("2 ").contains("administrator.token: is there already");
    }

    @Test
    void aServerShowsTheCertificateThatReplacedTheFirst() throws Exception {
        AuthorityFolder pki = new AuthorityFolder(folder.resolve("pki"));
        pki.init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        pki.issue(new SegmentId("wifi"), "a", folder.resolve("agent"), clock.instant());
        TlsMaterial agent = material("agent", "agent");
        LiveIdentity own = new LiveIdentity(material("pki", "collector"));
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (CollectorServer server =
                CollectorServer.start(loopback, own, List.of(), id -> false, RefusedCalls.UNTOLD, clock)) {
            assertThat(shown(agent, server.port()))
                    .isEqualTo(own.current().chain().get(0));
            Issued next = pki.load(clock.instant()).collector(List.of("127.0.0.1"), clock.instant());
            own.replace(new TlsMaterial(
                    List.of(next.certificate()),
                    next.key(),
                    own.current().trust(),
                    own.current().identity()));
            assertThat(shown(agent, server.port())).isEqualTo(next.certificate());
        }
    }
}
