package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.clock.SetClock;
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
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.CreateInvitationRequest;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.ListAuditEntriesRequest;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RevokeAgentRequest;
import dev.plumbline.words.SegmentId;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector's own ports over real TLS, an operator who invites, and whoever asks for a certificate. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class EnrollingCollector {
    private static final SegmentId WIFI = new SegmentId("wifi");
    static final Site SITE = new Site(
            "campus",
            "campus.example",
            "plumbline-2026",
            Set.of(),
            Set.of(),
            List.of(new Segment(WIFI, "Wi-Fi", SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat")));

    @TempDir
    Path folder;

    final SetClock clock = SetClock.at(Instant.now());
    private final List<ManagedChannel> channels = new ArrayList<>();
    private TlsMaterial operator;
    private EnrolmentFile file;
    private EnrolmentOffice office;
    CollectorServer server;
    int enrolmentPort;

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(pki()).init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        operator = load("operator");
        open();
    }

    final void open() throws Exception {
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

    final void close() {
        server.close();
        office.close();
        file.close();
    }

    X509Certificate issuedByHand(String name, KeyPair keys) throws Exception {
        return SiteAuthority.load(pki().resolve("ca.pem"), pki().resolve("ca.key"), load("collector"), Instant.now())
                .agent(SpiffeId.agent("campus.example", "campus", WIFI, name), keys.getPublic(), Instant.now());
    }

    private Path pki() {
        return folder.resolve("pki");
    }

    private TlsMaterial load(String name) throws ConfigException {
        return new TlsFiles(pki().resolve(name + ".pem"), pki().resolve(name + ".key"), pki().resolve("ca.pem"))
                .load(Instant.now());
    }

    X509Certificate authority() {
        return operator.trust().get(0);
    }

    static String id(JoinToken token) {
        return token.hash().hex().substring(0, 10);
    }

    AdministrationBlockingStub administration() throws Exception {
        return AdministrationGrpc.newBlockingStub(
                member(operator.key(), operator.chain().get(0)));
    }

    static CreateInvitationRequest.Builder invitation() {
        return CreateInvitationRequest.newBuilder().setSegment("wifi").setTtlSeconds(3600);
    }

    JoinToken invite() throws Exception {
        return token(invitation());
    }

    JoinToken token(CreateInvitationRequest.Builder request) throws Exception {
        return JoinToken.parse(
                administration().createInvitation(request.build()).getToken());
    }

    void revoke(String name) throws Exception {
        administration()
                .revokeAgent(RevokeAgentRequest.newBuilder()
                        .setSegment("wifi")
                        .setName(name)
                        .setBecause("stolen")
                        .build());
    }

    List<dev.plumbline.v1.AuditEntry> audit() throws Exception {
        return administration()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setPageSize(1000).build())
                .getEntriesList();
    }

    String joined(String name, boolean isFixed) throws Exception {
        byte[] der = join(invite(), Requests.usual(Requests.ec("secp256r1")), name, isFixed);
        return SpiffeId.of(certificate(der)).toString();
    }

    Status refusal(JoinToken token, byte[] request, String name) throws Exception {
        return catchThrowableOfType(StatusRuntimeException.class, () -> join(token, request, name, false))
                .getStatus();
    }

    byte[] join(JoinToken token, byte[] request, String name, boolean isFixed) throws Exception {
        ManagedChannel channel = stranger();
        try {
            return join(channel, token, request, name, isFixed);
        } finally {
            channel.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    static byte[] join(ManagedChannel channel, JoinToken token, byte[] request, String name, boolean isFixed) {
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

    static RenewCertificateRequest renewal(byte[] request) {
        return RenewCertificateRequest.newBuilder()
                .setCertificateRequest(ByteString.copyFrom(request))
                .build();
    }

    static Status.Code renewed(ManagedChannel channel) throws Exception {
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

    static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    ManagedChannel stranger() throws Exception {
        return channel(SslContextBuilder.forClient(), enrolmentPort);
    }

    ManagedChannel member(PrivateKey key, X509Certificate certificate) throws Exception {
        return channel(SslContextBuilder.forClient().keyManager(key, certificate), server.port());
    }

    ManagedChannel channel(SslContextBuilder tls, int port) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.configure(tls)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .build();
        channels.add(channel);
        return channel;
    }
}
