package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.collector.ingest.CollectorServer;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.LiveIdentity;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AdministrationGrpc.AdministrationBlockingStub;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.CreateInvitationRequest;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.Invitation;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListAuditEntriesRequest;
import dev.plumbline.v1.ListInvitationsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RevokeAgentRequest;
import dev.plumbline.v1.RevokeInvitationRequest;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the invitation to the certificate, at the collector's own ports over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class EnrolmentTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final Site SITE = new Site(
            "campus",
            "campus.example",
            "plumbline-2026",
            Set.of(),
            Set.of(),
            List.of(new Segment(WIFI, "Wi-Fi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat")));
    private static final String SAME_FOR_ALL =
            "this token opens nothing: it is unknown, was used, has ended or was revoked;"
                    + " ask for another one (plumbline invite)";

    @TempDir
    Path folder;

    private final SetClock clock = SetClock.at(Instant.now());
    private final List<ManagedChannel> channels = new ArrayList<>();
    private TlsMaterial operator;
    private EnrolmentFile file;
    private EnrolmentOffice office;
    private CollectorServer server;
    private int enrolmentPort;

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(pki()).init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        operator = load("operator");
        open();
    }

    private void open() throws Exception {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
        RevokedAgents revoked = RevokedAgents.of(file);
        office = EnrolmentOffice.open(
                file,
                revoked,
                new Agents(revoked),
                () -> SITE,
                Optional.of(
                        new EnrolmentSettings(loopback, pki().resolve("ca.pem"), pki().resolve("ca.key"), List.of())),
                new LiveIdentity(load("collector")),
                clock);
        server = CollectorServer.start(loopback, load("collector"), office.services(), revoked, clock);
        office.ready(server.port());
        enrolmentPort = Integer.parseInt(invite().addresses().get(0).replaceFirst("^127\\.0\\.0\\.1:", ""));
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        close();
    }

    private void close() {
        server.close();
        office.close();
        file.close();
    }

    @Test
    void aTokenNamesTheAddressAndTheAuthorityAndIsSpentOnACertificateOfSevenDays() throws Exception {
        JoinToken token = invite();
        assertThat(token.authority()).isEqualTo(Sha256.of(authority().getEncoded()));
        assertThat(token.secret().size()).isEqualTo(32);
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate certificate = certificate(join(token, Requests.greedy(keys), "laptop", false));
        assertThat(SpiffeId.of(certificate))
                .hasToString("spiffe://campus.example/site/campus/segment/wifi/agent/laptop");
        certificate.verify(authority().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getNotAfter().toInstant())
                .isBetween(
                        clock.instant().plus(Duration.ofDays(7)).minusSeconds(1),
                        clock.instant().plus(Duration.ofDays(7)));
        // Nothing else of the request, which asks to be an authority and an operator of others.
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectAlternativeNames()).hasSize(1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("laptop")
                .doesNotContain("mallory");
    }

    @Test
    void onlyTheHashOfTheSecretIsKept() throws Exception {
        JoinToken token = invite();
        join(token, Requests.usual(Requests.ec("secp256r1")), "laptop", false);
        byte[] secret = token.secret().toArray();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path kept : files.filter(Files::isRegularFile).toList()) {
                assertThat(indexOf(Files.readAllBytes(kept), secret))
                        .as(kept.toString())
                        .isNegative();
                assertThat(indexOf(Files.readAllBytes(kept), token.text().getBytes(StandardCharsets.US_ASCII)))
                        .isNegative();
            }
        }
    }

    private static int indexOf(byte[] all, byte[] part) {
        return new String(all, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aStrangerHearsTheSameOfEveryTokenThatOpensNothingAndTheAuditLogTellsThemApart() throws Exception {
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        JoinToken used = invite();
        join(used, Requests.usual(Requests.ec("secp256r1")), "first", false);
        JoinToken revoked = invite();
        administration()
                .revokeInvitation(
                        RevokeInvitationRequest.newBuilder().setId(id(revoked)).build());
        JoinToken ended = invite();
        JoinToken unknown = new JoinToken(
                ended.addresses(), ended.authority(), ended.collector(), dev.plumbline.words.Bytes.of(new byte[32]));
        clock.advance(Duration.ofHours(1));
        for (JoinToken token : List.of(used, revoked, ended, unknown)) {
            Status refused = refusal(token, request, "late");
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refused.getDescription()).isEqualTo(SAME_FOR_ALL);
            // Not even that its request is wrong.
            assertThat(refusal(token, new byte[] {1, 2, 3}, "late").getDescription())
                    .isEqualTo(SAME_FOR_ALL);
        }
        List<String> told = audit().stream()
                .filter(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .map(e -> e.getWho() + " " + e.getAbout() + " " + e.getDetail().replaceAll(" on \\S+", ""))
                .distinct()
                .toList();
        assertThat(told)
                .containsExactly(
                        "address 127.0.0.1 " + id(used)
                                + " the invitation was used by spiffe://campus.example/site/campus/segment/wifi/agent/first",
                        "address 127.0.0.1 " + id(revoked)
                                + " the invitation was revoked by spiffe://campus.example/site/campus/operator/admin",
                        "address 127.0.0.1 " + id(ended) + " the invitation ended",
                        "address 127.0.0.1  no such token was ever given");
    }

    @Test
    void ofManyWhoUseOneTokenAtOnceExactlyOneWins() throws Exception {
        JoinToken token = invite();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Status.Code>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] request = Requests.usual(Requests.ec("secp256r1"));
            ManagedChannel channel = stranger();
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    go.await();
                    join(channel, token, request, "host", false);
                    return Status.Code.OK;
                } catch (StatusRuntimeException e) {
                    return e.getStatus().getCode();
                } catch (InterruptedException e) {
                    return Status.Code.ABORTED;
                }
            }));
        }
        go.countDown();
        List<Status.Code> ends = new ArrayList<>();
        for (CompletableFuture<Status.Code> each : tries) {
            ends.add(each.get(120, TimeUnit.SECONDS));
        }
        assertThat(ends).filteredOn(Status.Code.OK::equals).hasSize(1);
        assertThat(ends).filteredOn(Status.Code.UNAUTHENTICATED::equals).hasSize(7);
        assertThat(administration()
                        .listAgents(ListAgentsRequest.getDefaultInstance())
                        .getAgentsList())
                .hasSize(1);
    }

    @Test
    void anAnswerThatWasLostIsGivenAgainToTheSameKeyAndToNoOther() throws Exception {
        JoinToken token = invite();
        KeyPair keys = Requests.ec("secp256r1");
        byte[] first = join(token, Requests.usual(keys), "laptop", false);
        assertThat(join(token, Requests.usual(keys), "laptop", false)).isEqualTo(first);
        assertThat(refusal(token, Requests.usual(Requests.ec("secp256r1")), "laptop")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        // Who knows the public key alone, which every handshake may show, has not proved to have it.
        assertThat(refusal(token, Requests.signedBy(keys, Requests.ec("secp256r1"), "SHA256withECDSA"), "laptop")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        clock.advance(Duration.ofHours(1));
        assertThat(refusal(token, Requests.usual(keys), "laptop").getDescription())
                .isEqualTo(SAME_FOR_ALL);
    }

    @Test
    void aTokenThatWasUsedStaysUsedWhenTheCollectorIsKilled() throws Exception {
        JoinToken token = invite();
        KeyPair keys = Requests.ec("secp256r1");
        byte[] given = join(token, Requests.usual(keys), "laptop", false);
        // What a kill leaves: the files as they are now, with nothing closed.
        Path left = Files.createDirectory(folder.resolve("left"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(f -> f.getFileName().toString().startsWith("enrolment.db"))
                    .toList()) {
                Files.copy(each, left.resolve(each.getFileName()));
            }
        }
        close();
        try (Stream<Path> files = Files.list(left)) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve(each.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
        assertThat(refusal(token, Requests.usual(Requests.ec("secp256r1")), "other")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        // The answer may have been lost with it.
        assertThat(join(token, Requests.usual(keys), "laptop", false)).isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # key,        signed by,        accepted
            secp256r1,    SHA256withECDSA,  true
            secp384r1,    SHA384withECDSA,  true
            rsa3072,      SHA256withRSA,    true
            secp521r1,    SHA256withECDSA,  false
            rsa1024,      SHA256withRSA,    false
            rsa2048,      SHA256withRSA,    false
            secp256r1,    SHA1withECDSA,    false
            rsa3072,      SHA1withRSA,      false
            ed25519,      Ed25519,          false
            """)
    void onlyKeysOfTheListAreCertifiedAndARefusedOneLeavesTheTokenUnspent(
            String kind, String algorithm, boolean isAccepted) throws Exception {
        KeyPair keys = kind.startsWith("rsa")
                ? Requests.rsa(Integer.parseInt(kind.substring(3)))
                : kind.equals("ed25519")
                        ? java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
                        : Requests.ec(kind);
        JoinToken token = invite();
        byte[] request = Requests.plain(keys, algorithm);
        if (isAccepted) {
            assertThat(certificate(join(token, request, "host", true)).getPublicKey())
                    .isEqualTo(keys.getPublic());
            return;
        }
        assertThat(refusal(token, request, "host").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(join(token, Requests.usual(Requests.ec("secp256r1")), "host", true))
                .isNotEmpty();
    }

    @Test
    void whoeverDoesNotHaveTheKeyGetsNoCertificateForIt() throws Exception {
        KeyPair another = Requests.ec("secp256r1");
        JoinToken token = invite();
        Status refused =
                refusal(token, Requests.signedBy(Requests.ec("secp256r1"), another, "SHA256withECDSA"), "host");
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription())
                .isEqualTo("the request for a certificate is not signed by the key that it is for");
        byte[] broken = Requests.usual(another);
        broken[broken.length - 1] ^= 1;
        assertThat(refusal(token, broken, "host").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(token, new byte[9 << 10], "host").getDescription())
                .isEqualTo("the request for a certificate has 9216 bytes; at most 8192 are taken");
        assertThat(join(token, Requests.usual(another), "host", true)).isNotEmpty();
    }

    @Test
    void aNameIsUniqueInItsSegment() throws Exception {
        assertThat(joined("laptop", false)).endsWith("/agent/laptop");
        assertThat(joined("laptop", false)).endsWith("/agent/laptop-2");
        assertThat(joined("laptop", false)).endsWith("/agent/laptop-3");
        String longest = "a".repeat(63);
        assertThat(joined(longest, false)).endsWith("/agent/" + longest);
        assertThat(joined(longest, false)).endsWith("/agent/" + "a".repeat(61) + "-2");
        JoinToken token = invite();
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        StatusRuntimeException taken =
                catchThrowableOfType(StatusRuntimeException.class, () -> join(token, request, "laptop", true));
        assertThat(taken.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(taken.getStatus().getDescription())
                .startsWith("segment wifi has an agent laptop already; give another");
        assertThat(refusal(token, request, "../../operator/mallory").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(token, request, "a\n2026 INFO forged").getDescription())
                .isEqualTo("an agent's name has 1 to 63 lower-case letters, digits and hyphens");
        // Nothing of that has spent the token.
        assertThat(join(token, request, "desk", true)).isNotEmpty();
    }

    @Test
    void aTokenForANamedAgentLetsItComeBackWithAnotherKeyUnlessItWasRevoked() throws Exception {
        assertThat(joined("laptop", true)).endsWith("/agent/laptop");
        JoinToken back = token(invitation().setAgentName("laptop"));
        byte[] der = join(back, Requests.usual(Requests.ec("secp256r1")), "whatever", true);
        assertThat(SpiffeId.of(certificate(der)).name()).isEqualTo("laptop");
        JoinToken before = token(invitation().setAgentName("laptop"));
        revoke("laptop");
        assertThat(refusal(before, Requests.usual(Requests.ec("secp256r1")), "laptop")
                        .getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThatThrownBy(() -> token(invitation().setAgentName("laptop")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # segment, seconds
            attic,     3600
            all,       3600
            wifi,      59
            wifi,      604801
            wifi,      0
            '',        3600
            """)
    void anInvitationForNoSegmentOrForTooLongIsRefused(String segment, long seconds) {
        assertThatThrownBy(() -> token(invitation().setSegment(segment).setTtlSeconds(seconds)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(e.getStatus().getDescription()).isNotEmpty();
                });
    }

    @Test
    void aRevokedAgentCannotEvenShakeHandsNorAfterARestartAndOthersCan() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        KeyPair others = Requests.ec("secp256r1");
        X509Certificate other = certificate(join(invite(), Requests.usual(others), "desk", true));
        ManagedChannel standing = member(keys.getPrivate(), own);
        assertThat(renewed(standing)).isEqualTo(Status.Code.OK);
        revoke("laptop");
        // A connection that stood before, then a new one.
        assertThat(renewed(standing)).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(renewed(member(keys.getPrivate(), own))).isEqualTo(Status.Code.UNAVAILABLE);
        close();
        open();
        assertThat(renewed(member(keys.getPrivate(), own))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(renewed(member(others.getPrivate(), other))).isEqualTo(Status.Code.OK);
    }

    @Test
    void aRenewalIsForTheCallersOwnIdentityAndForANewKey() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        var renewal = CertificateRenewalGrpc.newBlockingStub(member(keys.getPrivate(), own));
        KeyPair next = Requests.ec("secp256r1");
        clock.advance(Duration.ofDays(5));
        X509Certificate renewed = certificate(renewal.renewCertificate(renewal(Requests.greedy(next)))
                .getCertificates(0)
                .toByteArray());
        assertThat(SpiffeId.of(renewed)).isEqualTo(SpiffeId.of(own));
        assertThat(renewed.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(renewed.getNotAfter().toInstant()).isAfter(own.getNotAfter().toInstant());
        for (KeyPair old : List.of(keys, next)) {
            assertThatThrownBy(() -> renewal.renewCertificate(renewal(Requests.usual(old))))
                    .hasMessage("INVALID_ARGUMENT: the key of the request had a certificate before; make a new key");
        }
        assertThat(administration()
                        .listAgents(ListAgentsRequest.getDefaultInstance())
                        .getAgents(0)
                        .getCertificateEndsAt()
                        .getSeconds())
                .isEqualTo(renewed.getNotAfter().toInstant().getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # renewals in turn: over the key > for the key,   who asks then, is renewed
            '',                                               given,         true
            given>a,                                          a,             true
            # The answer was lost: the earlier key asks again, and again.
            given>a,                                          given,         true
            given>a given>b,                                  given,         true
            given>a given>b,                                  b,             true
            # A copy of the earlier key went on as well: one of the two ends here.
            given>a given>b,                                  a,             false
            given>a a>b,                                      given,         false
            given>a a>b,                                      a,             true
            given>a a>b b>c,                                  a,             false
            """)
    void onlyTheLatestKeyRenewsOrTheOneBeforeWhoseAnswerMayBeLost(String renewals, String asks, boolean isRenewed)
            throws Exception {
        Map<String, Holder> holders = new HashMap<>();
        KeyPair given = Requests.ec("secp256r1");
        holders.put("given", new Holder(given, certificate(join(invite(), Requests.usual(given), "laptop", true))));
        for (String renewal : renewals.isEmpty() ? List.<String>of() : List.of(renewals.split(" ", -1))) {
            KeyPair next = Requests.ec("secp256r1");
            byte[] der = CertificateRenewalGrpc.newBlockingStub(channel(holders, renewal.split(">", 2)[0]))
                    .renewCertificate(renewal(Requests.usual(next)))
                    .getCertificates(0)
                    .toByteArray();
            holders.put(renewal.split(">", 2)[1], new Holder(next, certificate(der)));
        }
        long before = audit().size();
        ManagedChannel channel = channel(holders, asks);
        if (isRenewed) {
            assertThat(renewed(channel)).isEqualTo(Status.Code.OK);
            assertThat(audit().stream().skip(before).map(e -> e.getWhat())).containsExactly("RENEWED");
            return;
        }
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        assertThatThrownBy(() -> CertificateRenewalGrpc.newBlockingStub(channel).renewCertificate(renewal(request)))
                .hasMessageStartingWith(
                        "FAILED_PRECONDITION: the certificate of spiffe://campus.example/site/campus/segment"
                                + "/wifi/agent/laptop was renewed since for another key, and this connection's key renews no more")
                .hasMessageContaining("(plumbline invite --segment wifi --agent laptop)");
        assertThat(audit().stream()
                        .skip(before)
                        .map(e -> e.getWhat() + " " + e.getWho() + " " + e.getAbout() + " " + e.getDetail()))
                .singleElement()
                .asString()
                .startsWith("SECOND_KEY address 127.0.0.1"
                        + " spiffe://campus.example/site/campus/segment/wifi/agent/laptop a renewal asked with a key that is"
                        + " neither the latest nor the one before, of a certificate until ");
        // What was refused has not put anybody else out of turn.
        String latest = renewals.substring(renewals.lastIndexOf('>') + 1);
        assertThat(renewed(channel(holders, latest))).isEqualTo(Status.Code.OK);
    }

    private record Holder(KeyPair keys, X509Certificate certificate) {}

    private ManagedChannel channel(Map<String, Holder> holders, String name) throws Exception {
        Holder holder = Objects.requireNonNull(holders.get(name), name);
        return member(holder.keys().getPrivate(), holder.certificate());
    }

    @Test
    void anEarlierKeyRenewsNoMoreOnceATokenForTheNamedAgentIsSpent() throws Exception {
        KeyPair first = Requests.ec("secp256r1");
        X509Certificate earlier = certificate(join(invite(), Requests.usual(first), "laptop", true));
        KeyPair second = Requests.ec("secp256r1");
        JoinToken back = token(invitation().setAgentName("laptop"));
        assertThat(renewed(member(first.getPrivate(), earlier)))
                .as("the token is not spent yet")
                .isEqualTo(Status.Code.OK);
        X509Certificate own = certificate(join(back, Requests.usual(second), "laptop", true));
        assertThat(renewed(member(first.getPrivate(), earlier))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(renewed(member(second.getPrivate(), own))).isEqualTo(Status.Code.OK);
        assertThat(renewed(member(first.getPrivate(), earlier))).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void whoeverHasNoCertificateReachesNothingButTheEnrolment() throws Exception {
        ManagedChannel channel = stranger();
        for (var call : List.<Runnable>of(
                () -> AdministrationGrpc.newBlockingStub(channel).listAgents(ListAgentsRequest.getDefaultInstance()),
                () -> QueryServiceGrpc.newBlockingStub(channel).listSegments(ListSegmentsRequest.getDefaultInstance()),
                () -> CertificateRenewalGrpc.newBlockingStub(channel)
                        .renewCertificate(RenewCertificateRequest.getDefaultInstance()))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
        }
        // And where agents connect it is as closed as before.
        ManagedChannel elsewhere = channel(SslContextBuilder.forClient(), server.port());
        assertThatThrownBy(() ->
                        EnrolmentGrpc.newBlockingStub(elsewhere).enrolAgent(EnrolAgentRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThat(AgentGatewayGrpc.getServiceDescriptor().getName())
                .as("named here so that a new service is thought of")
                .isEqualTo("plumbline.v1.AgentGateway");
    }

    @Test
    void anAgentIsNoAdministrator() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        ManagedChannel agent = member(keys.getPrivate(), own);
        assertThatThrownBy(() -> AdministrationGrpc.newBlockingStub(agent)
                        .createInvitation(invitation().build()))
                .hasMessageStartingWith("PERMISSION_DENIED: ");
    }

    @Test
    void whoeverTriesInVainTooOftenIsPutOffAndAnotherMessageIsBounded() throws Exception {
        JoinToken good = invite();
        JoinToken unknown = new JoinToken(
                good.addresses(), good.authority(), good.collector(), dev.plumbline.words.Bytes.of(new byte[32]));
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        List<Status.Code> codes = new ArrayList<>();
        ManagedChannel channel = stranger();
        // Tries come back with time: how many it takes depends on how slow this machine is.
        while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED) && codes.size() < 500) {
            codes.add(catchThrowableOfType(
                            StatusRuntimeException.class, () -> join(channel, unknown, request, "host", false))
                    .getStatus()
                    .getCode());
        }
        assertThat(codes.get(0)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(codes).contains(Status.Code.RESOURCE_EXHAUSTED);
        // One line for all of them, which a stranger could else fill the disk with.
        assertThat(audit())
                .filteredOn(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .hasSize(1);
        assertThat(refusal(good, new byte[64 << 10], "host").getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        // Whoever has a token is not put off for what others did behind the same address.
        assertThat(join(good, request, "host", true)).isNotEmpty();
        close();
        open();
        long vain = codes.stream().filter(Status.Code.UNAUTHENTICATED::equals).count();
        assertThat(audit())
                .filteredOn(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .extracting(e -> e.getWho() + " " + e.getDetail())
                .containsExactly(
                        "address 127.0.0.1 no such token was ever given",
                        "address 127.0.0.1 the same " + (vain - 1) + " more times in the hour from "
                                + clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    @Test
    void whoeverHasATokenIsPutOffForWhatWasTriedWithItAlone() throws Exception {
        JoinToken good = invite();
        JoinToken other = invite();
        byte[] wrong = {1, 2, 3};
        List<Status.Code> codes = new ArrayList<>();
        ManagedChannel channel = stranger();
        while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED) && codes.size() < 500) {
            codes.add(
                    catchThrowableOfType(StatusRuntimeException.class, () -> join(channel, good, wrong, "host", false))
                            .getStatus()
                            .getCode());
        }
        assertThat(codes).contains(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);
        assertThat(join(other, Requests.usual(Requests.ec("secp256r1")), "host", true))
                .isNotEmpty();
    }

    @Test
    void noMoreThanSixteenOfOneAddressAreInsideAtOnceAndSilentOnesAreEnded() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            // Who dallies for five seconds gives way: on a machine that is too slow to come with all before, they come
            // again.
            int greeted = 0;
            for (int i = 0; i < 5 && greeted != 16; i++) {
                greeted = 0;
                for (int k = 0; k < 24; k++) {
                    greeted += isGreeted(open) ? 1 : 0;
                }
                for (Socket socket : open) {
                    assertThat(ended(socket)).isTrue();
                }
                open.clear();
            }
            assertThat(greeted).isEqualTo(16);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        assertThat(joined("afterwards", true)).endsWith("/agent/afterwards");
    }

    /** False when the connection was closed before a byte of a handshake came. */
    private boolean isGreeted(List<Socket> open) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), enrolmentPort);
        plain.setSoTimeout(60_000);
        open.add(plain);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", enrolmentPort, false);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return true;
        } catch (java.io.IOException closed) {
            return false;
        }
    }

    private static boolean ended(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException stands) {
            return false;
        } catch (java.io.IOException reset) {
            return true;
        }
    }

    @Test
    void everyChangeIsInTheAuditLogWithWhoAndWhenAndAboutWhom() throws Exception {
        long before = audit().size();
        JoinToken token = invite();
        join(token, Requests.usual(Requests.ec("secp256r1")), "laptop", true);
        JoinToken second = invite();
        administration()
                .revokeInvitation(
                        RevokeInvitationRequest.newBuilder().setId(id(second)).build());
        revoke("laptop");
        revoke("laptop");
        String laptop = "spiffe://campus.example/site/campus/segment/wifi/agent/laptop";
        String admin = "spiffe://campus.example/site/campus/operator/admin";
        assertThat(audit().stream().skip(before).map(e -> e.getWhat() + " " + e.getWho() + " " + e.getAbout()))
                .containsExactly(
                        "INVITED " + admin + " " + id(token),
                        "JOINED address 127.0.0.1 " + laptop,
                        "INVITED " + admin + " " + id(second),
                        "INVITATION_REVOKED " + admin + " " + id(second),
                        "AGENT_REVOKED " + admin + " " + laptop);
        var page = administration()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setPageSize(2).build());
        assertThat(page.getEntriesList())
                .extracting(e -> e.getWhat())
                .containsExactly("INVITATION_REVOKED", "AGENT_REVOKED");
        assertThat(administration()
                        .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                                .setPageSize(2)
                                .setPageToken(page.getNextPageToken())
                                .build())
                        .getEntriesList())
                .extracting(e -> e.getWhat())
                .containsExactly("JOINED", "INVITED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET who = 'nobody'",
                "DELETE FROM audit",
                "DELETE FROM audit WHERE number = 1",
                "INSERT OR REPLACE INTO audit VALUES (1, 0, 'x', 'INVITED', 'x', 'x')",
                "REPLACE INTO audit VALUES (1, 0, 'x', 'INVITED', 'x', 'x')"
            })
    void noStatementChangesTheAuditLog(String statement) throws Exception {
        List<dev.plumbline.v1.AuditEntry> before = audit();
        assertThat(before).isNotEmpty();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement other = connection.createStatement()) {
            assertThatThrownBy(() -> other.executeUpdate(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the audit log is append-only");
        }
        assertThat(audit()).isEqualTo(before);
    }

    @Test
    void aFileOfANewerProgramIsRefusedWithASentence() throws Exception {
        close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE schema_version SET version = 99");
        }
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> EnrolmentFile.open(folder.resolve("enrolment.db")));
        assertThat(e.problems())
                .singleElement()
                .asString()
                .contains("was written by a newer program (schema 99, this one knows " + Schema.VERSION + ")");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE schema_version SET version = " + Schema.VERSION);
        }
        open();
    }

    @Test
    void aFileOfTheFirstProgramIsBroughtUpToDateAndTheFirstGivenKeyThatRenewsIsTheAgents() throws Exception {
        KeyPair first = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(first), "laptop", true));
        KeyPair second = Requests.ec("secp256r1");
        X509Certificate other =
                certificate(join(token(invitation().setAgentName("laptop")), Requests.usual(second), "laptop", true));
        KeyPair hand = Requests.ec("secp256r1");
        X509Certificate byHand = issuedByHand("laptop", hand);
        close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE renewal_key");
            statement.executeUpdate("DROP TABLE access_token");
            statement.executeUpdate("DROP TABLE segment_change");
            statement.executeUpdate("DROP TABLE pending");
            // It knew nothing of Flyway.
            statement.executeUpdate("DROP TABLE flyway_schema_history");
            statement.executeUpdate("UPDATE schema_version SET version = 1");
        }
        open();
        assertThat(renewed(member(hand.getPrivate(), byHand))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(renewed(member(first.getPrivate(), own))).isEqualTo(Status.Code.OK);
        assertThat(renewed(member(second.getPrivate(), other))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        close();
        open();
        assertThat(renewed(member(first.getPrivate(), own))).isEqualTo(Status.Code.OK);
        assertThat(renewed(member(second.getPrivate(), other))).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void whatWasIssuedByHandIsNotRenewed() throws Exception {
        KeyPair hand = Requests.ec("secp256r1");
        ManagedChannel channel = member(hand.getPrivate(), issuedByHand("desk", hand));
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        assertThatThrownBy(() -> CertificateRenewalGrpc.newBlockingStub(channel).renewCertificate(renewal(request)))
                .hasMessageStartingWith("FAILED_PRECONDITION: this collector never gave ")
                .hasMessageContaining("(plumbline invite --segment wifi --agent desk)");
        assertThat(audit()).last().extracting(e -> e.getWhat()).isEqualTo("RENEWAL_REFUSED");
    }

    private X509Certificate issuedByHand(String name, KeyPair keys) throws Exception {
        return SiteAuthority.load(pki().resolve("ca.pem"), pki().resolve("ca.key"), load("collector"), Instant.now())
                .agent(SpiffeId.agent("campus.example", "campus", WIFI, name), keys.getPublic(), Instant.now());
    }

    @Test
    void invitationsAreListedWithTheirEnd() throws Exception {
        JoinToken token = invite();
        join(token, Requests.usual(Requests.ec("secp256r1")), "laptop", true);
        List<Invitation> all = administration()
                .listInvitations(ListInvitationsRequest.newBuilder()
                        .setIncludeClosed(true)
                        .build())
                .getInvitationsList();
        Invitation used = all.stream()
                .filter(i -> i.getId().equals(id(token)))
                .findFirst()
                .orElseThrow();
        assertThat(used.getState()).isEqualTo("USED");
        assertThat(used.getUsedBy()).endsWith("/agent/laptop");
        assertThat(administration()
                        .listInvitations(ListInvitationsRequest.getDefaultInstance())
                        .getInvitationsList())
                .isNotEmpty()
                .allMatch(i -> i.getState().equals("OPEN"));
        assertThatThrownBy(() -> administration()
                        .revokeInvitation(RevokeInvitationRequest.newBuilder()
                                .setId(id(token))
                                .build()))
                .hasMessageContaining("revoke that agent instead");
    }

    private Path pki() {
        return folder.resolve("pki");
    }

    private TlsMaterial load(String name) throws ConfigException {
        return new TlsFiles(pki().resolve(name + ".pem"), pki().resolve(name + ".key"), pki().resolve("ca.pem"))
                .load(Instant.now());
    }

    private X509Certificate authority() {
        return operator.trust().get(0);
    }

    private static String id(JoinToken token) {
        return token.hash().hex().substring(0, 10);
    }

    private AdministrationBlockingStub administration() throws Exception {
        return AdministrationGrpc.newBlockingStub(
                member(operator.key(), operator.chain().get(0)));
    }

    private static CreateInvitationRequest.Builder invitation() {
        return CreateInvitationRequest.newBuilder().setSegment("wifi").setTtlSeconds(3600);
    }

    private JoinToken invite() throws Exception {
        return token(invitation());
    }

    private JoinToken token(CreateInvitationRequest.Builder request) throws Exception {
        return JoinToken.parse(
                administration().createInvitation(request.build()).getToken());
    }

    private void revoke(String name) throws Exception {
        administration()
                .revokeAgent(RevokeAgentRequest.newBuilder()
                        .setSegment("wifi")
                        .setName(name)
                        .setBecause("stolen")
                        .build());
    }

    private List<dev.plumbline.v1.AuditEntry> audit() throws Exception {
        return administration()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setPageSize(1000).build())
                .getEntriesList();
    }

    private String joined(String name, boolean isFixed) throws Exception {
        byte[] der = join(invite(), Requests.usual(Requests.ec("secp256r1")), name, isFixed);
        return SpiffeId.of(certificate(der)).toString();
    }

    private Status refusal(JoinToken token, byte[] request, String name) throws Exception {
        return catchThrowableOfType(StatusRuntimeException.class, () -> join(token, request, name, false))
                .getStatus();
    }

    private byte[] join(JoinToken token, byte[] request, String name, boolean isFixed) throws Exception {
        ManagedChannel channel = stranger();
        try {
            return join(channel, token, request, name, isFixed);
        } finally {
            channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private static byte[] join(ManagedChannel channel, JoinToken token, byte[] request, String name, boolean isFixed) {
        return EnrolmentGrpc.newBlockingStub(channel)
                .withDeadlineAfter(120, TimeUnit.SECONDS)
                .enrolAgent(EnrolAgentRequest.newBuilder()
                        .setSecret(ByteString.copyFrom(token.secret().toArray()))
                        .setCertificateRequest(ByteString.copyFrom(request))
                        .setAgentName(name)
                        .setIsNameFixed(isFixed)
                        .build())
                .getCertificates(0)
                .toByteArray();
    }

    private static RenewCertificateRequest renewal(byte[] request) {
        return RenewCertificateRequest.newBuilder()
                .setCertificateRequest(ByteString.copyFrom(request))
                .build();
    }

    private static Status.Code renewed(ManagedChannel channel) throws Exception {
        RenewCertificateRequest request = renewal(Requests.usual(Requests.ec("secp256r1")));
        try {
            CertificateRenewalGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .renewCertificate(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private ManagedChannel stranger() throws Exception {
        return channel(SslContextBuilder.forClient(), enrolmentPort);
    }

    private ManagedChannel member(PrivateKey key, X509Certificate certificate) throws Exception {
        return channel(SslContextBuilder.forClient().keyManager(key, certificate), server.port());
    }

    private ManagedChannel channel(SslContextBuilder tls, int port) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.configure(tls)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .build();
        channels.add(channel);
        return channel;
    }
}
