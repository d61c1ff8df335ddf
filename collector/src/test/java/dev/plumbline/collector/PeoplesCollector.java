package dev.plumbline.collector;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.CreateSegmentRequest;
import dev.plumbline.v1.ListAuditEntriesRequest;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.words.SegmentId;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole collector of two segments with a people's port, at a time that can be moved, and channels to its ports. */
final class PeoplesCollector implements AutoCloseable {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final String SERVERS = "    - {id: srv, name: Servers, kind: wired, cidrs: [10.20.30.0/24]}";

    private final Path folder;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final SetClock clock = SetClock.running();
    private String people = "{listen: '127.0.0.1:0'}";
    private String http = "";
    private String servers = SERVERS;
    private Optional<Collector> collector = Optional.empty();

    private PeoplesCollector(Path folder) {
        this.folder = folder;
    }

    static PeoplesCollector start(Path folder) throws Exception {
        PeoplesCollector made = made(folder);
        made.open();
        return made;
    }

    /** One that answers over HTTP as well. */
    static PeoplesCollector startWithHttp(Path folder) throws Exception {
        PeoplesCollector made = made(folder).withHttp("{listen: '127.0.0.1:0'}");
        made.open();
        return made;
    }

    /** One that is not open yet. */
    static PeoplesCollector made(Path folder) throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        return new PeoplesCollector(folder);
    }

    void open() throws Exception {
        Path config = folder.resolve("collector.yaml");
        Files.writeString(config, """
                listen: 127.0.0.1:0
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                enrolment: {authority: {certificate: pki/ca.pem, key: pki/ca.key}, listen: '127.0.0.1:0'}
                people: %s
                %s
                data: data
                rounds: {every: 1h, grace: 1s}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, name: Wi-Fi, kind: wifi, cidrs: [10.20.20.0/24]}
                %s
                """.formatted(people, http, servers));
        collector = Optional.of(Collector.start(CollectorConfig.read(config), clock));
    }

    void reopen() throws Exception {
        collector().close();
        open();
    }

    PeoplesCollector with(String peopleYaml) {
        people = peopleYaml;
        return this;
    }

    PeoplesCollector withHttp(String httpYaml) {
        http = "http: " + httpYaml;
        return this;
    }

    PeoplesCollector withoutServers() {
        servers = "";
        return this;
    }

    PeoplesCollector withServers() {
        servers = SERVERS;
        return this;
    }

    /** Its operator adds a segment to those that it was made with. */
    void addSegment(String id, String cidr) throws Exception {
        SegmentAdministrationGrpc.newBlockingStub(operator())
                .createSegment(CreateSegmentRequest.newBuilder()
                        .setSegment(SegmentDeclaration.newBuilder()
                                .setId(id)
                                .setKind("wired")
                                .addCidrs(cidr))
                        .build());
    }

    void advance(Duration span) {
        clock.advance(span);
    }

    Collector collector() {
        return collector.orElseThrow();
    }

    int port() {
        return collector().peoplePort().orElseThrow();
    }

    int httpPort() {
        return collector().httpPort().orElseThrow();
    }

    Path folder() {
        return folder;
    }

    Path pki() {
        return folder.resolve("pki");
    }

    String firstToken() throws Exception {
        return Files.readString(pki().resolve("administrator.token")).strip();
    }

    /** To the people's port, from an address of this host. */
    ManagedChannel people(String from, Path trust) throws Exception {
        return kept(NettyChannelBuilder.forTarget("127.0.0.1:" + port())
                .localSocketPicker(from(from))
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(TlsFiles.anchors(trust).toArray(new X509Certificate[0]))
                        .build())
                .build());
    }

    ManagedChannel people(String from) throws Exception {
        return people(from, pki().resolve("ca.pem"));
    }

    /** To the people's port, with a token. */
    ManagedChannel with(String token, String from) throws Exception {
        return kept(NettyChannelBuilder.forTarget("127.0.0.1:" + port())
                .localSocketPicker(from(from))
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(TlsFiles.anchors(pki().resolve("ca.pem")).toArray(new X509Certificate[0]))
                        .build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(bearer(token)))
                .build());
    }

    private static NettyChannelBuilder.LocalSocketPicker from(String address) {
        return new NettyChannelBuilder.LocalSocketPicker() {
            @Override
            public SocketAddress createSocketAddress(SocketAddress to, Attributes attributes) {
                return new InetSocketAddress(address, 0);
            }
        };
    }

    static Metadata bearer(String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return headers;
    }

    /** To the agents' port, with a certificate. */
    ManagedChannel certified(Path dir, String name, int port) throws Exception {
        TlsMaterial own = new TlsFiles(dir.resolve(name + ".pem"), dir.resolve(name + ".key"), pki().resolve("ca.pem"))
                .load(Instant.now());
        return kept(NettyChannelBuilder.forTarget("127.0.0.1:" + port)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                        .trustManager(own.trust().toArray(new X509Certificate[0]))
                        .build())
                .build());
    }

    ManagedChannel operator() throws Exception {
        return certified(pki(), "operator", collector().port());
    }

    /** An agent of segment wifi whose certificate was issued by hand. */
    ManagedChannel agent() throws Exception {
        Path dir = folder.resolve("agent");
        if (!Files.exists(dir)) {
            new AuthorityFolder(pki()).issue(new SegmentId("wifi"), "a", dir, Instant.now());
        }
        return certified(dir, "agent", collector().port());
    }

    ManagedChannel kept(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    CreateAccessTokenResponse create(String role, Duration ttl, String... segments) throws Exception {
        return AccessTokensGrpc.newBlockingStub(operator())
                .createAccessToken(CreateAccessTokenRequest.newBuilder()
                        .setRole(role)
                        .setName(role + "-1")
                        .addAllSegments(List.of(segments))
                        .setTtlSeconds(ttl.toSeconds())
                        .build());
    }

    String token(String role, String... segments) throws Exception {
        return create(role, Duration.ofHours(1), segments).getToken();
    }

    List<AuditEntry> audit() throws Exception {
        return AdministrationGrpc.newBlockingStub(operator())
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setPageSize(1000).build())
                .getEntriesList();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        collector.ifPresent(Collector::close);
    }
}
