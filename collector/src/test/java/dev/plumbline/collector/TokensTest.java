package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.Pem;
import dev.plumbline.v1.AccessToken;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.ListAccessTokensRequest;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import dev.plumbline.v1.VerifyNowRequest;
import dev.plumbline.v1.VerifyNowResponse;
import dev.plumbline.wire.Fields;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens from their making to their end, at the port of people and tools of a whole collector, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class TokensTest {
    private static final String SAME_FOR_ALL =
            "this token opens nothing: it is unknown, has ended or was revoked; ask an"
                    + " administrator for another one (plumbline token create)";

    @TempDir
    Path folder;

    private PeoplesCollector collector;

    @BeforeEach
    void make() throws Exception {
        collector = PeoplesCollector.made(folder);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void theTokenThatInitMadeIsGoodAtTheFirstStartAndOnceRevokedNeverAgain() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(collector.pki().resolve("administrator.token"))))
                .isEqualTo("rw-------");
        collector.open();
        String first = collector.firstToken();
        AccessToken listed = only(list(collector.with(first, "127.0.0.1"), false));
        assertThat(listed.getName()).isEqualTo("first-administrator");
        assertThat(listed.getRole()).isEqualTo("administrator");
        assertThat(listed.getCreatedBy()).isEqualTo("plumbline-collector init");
        assertThat(Duration.between(
                        Instant.now(), Instant.ofEpochSecond(listed.getEndsAt().getSeconds())))
                .isBetween(Duration.ofDays(89), Duration.ofDays(90));
        collector.reopen();
        assertThat(list(collector.operator(), false)).as("not taken in twice").hasSize(1);
        revoke(listed.getId());
        collector.reopen();
        assertThat(status(collector.with(first, "127.0.0.1")).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(only(list(collector.operator(), true)).getState()).isEqualTo("REVOKED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what stands in the file   | its permissions | what is said
            nonsense                    | rw-------       | it is not what plumbline-collector init writes
            ''                          | rw-------       | it is not what plumbline-collector init writes
            as it was                   | rw-rw-r--       | others than its owner may write it, and make themselves administrators
            """)
    void aHashThatAnybodyCouldHaveWrittenIsNotTakenIn(String text, String permissions, String sentence)
            throws Exception {
        Path file = collector.pki().resolve("administrator.token.sha256");
        if (!text.equals("as it was")) {
            Files.writeString(file, text);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> collector.open())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        file + ": is not taken in as the first administrator's token: " + sentence + "; ");
    }

    @Test
    void everyTokenThatOpensNothingIsRefusedInTheSameWordsAndTheAuditLogTellsThemApart() throws Exception {
        collector.open();
        CreateAccessTokenResponse ended = collector.create("viewer", Duration.ofHours(1));
        CreateAccessTokenResponse revoked = collector.create("auditor", Duration.ofHours(9));
        for (String good : List.of(ended.getToken(), revoked.getToken())) {
            assertThat(status(collector.with(good, "127.0.0.1"))).isEqualTo(Status.OK);
        }
        collector.advance(Duration.ofHours(1));
        revoke(revoked.getAccessToken().getId());
        List<String> wrong = List.of(
                ended.getToken(),
                revoked.getToken(),
                "plumbline-" + "A".repeat(43),
                // What a list shows of a token opens nothing, nor does what is kept of it.
                ended.getAccessToken().getId(),
                "nonsense");
        for (String token : wrong) {
            Status refused = status(collector.with(token, "127.0.0.2"));
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refused.getDescription()).isEqualTo(SAME_FOR_ALL);
        }
        assertThat(told("TOKEN_REFUSED"))
                .containsExactly(
                        "address 127.0.0.2 " + ended.getAccessToken().getId() + " the token of viewer-1 ended",
                        "address 127.0.0.2 " + revoked.getAccessToken().getId()
                                + " the token of auditor-1 was revoked by"
                                + " spiffe://campus.example/site/campus/operator/admin",
                        "address 127.0.0.2  no such token was ever given",
                        "address 127.0.0.2  no such token was ever given",
                        "address 127.0.0.2  no such token was ever given");
    }

    private List<String> told(String what) throws Exception {
        return collector.audit().stream()
                .filter(e -> e.getWhat().equals(what))
                .map(e -> e.getWho() + " " + e.getAbout() + " " + e.getDetail().replaceAll(" on \\S+", ""))
                .toList();
    }

    @Test
    void noSecretIsInAnyFileOfTheCollectorNorInTheAuditLog() throws Exception {
        collector.open();
        List<String> secrets = new ArrayList<>(List.of(collector.firstToken()));
        for (String role : List.of("viewer", "administrator")) {
            secrets.add(collector.token(role));
        }
        String unknown = "plumbline-" + "B".repeat(43);
        secrets.add(unknown);
        for (String secret : secrets) {
            status(collector.with(secret, "127.0.0.1"));
        }
        // A whole token in the place of its id.
        assertThatThrownBy(() -> revoke(unknown))
                .hasMessageContaining("NOT_FOUND")
                .message()
                .doesNotContain("BBB");
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(secrets).as(file.toString()).noneMatch(content::contains);
            }
        }
        String log = collector.audit().toString();
        assertThat(log).contains("TOKEN_CREATED");
        assertThat(secrets).noneMatch(log::contains);
    }

    @Test
    void whoeverTriesInVainIsPutOffAndNobodyElseIs() throws Exception {
        collector.open();
        String good = collector.token("viewer");
        ManagedChannel wrong = collector.with("plumbline-" + "A".repeat(43), "127.0.0.2");
        List<Status.Code> codes = new ArrayList<>();
        // Tries come back with time: how many it takes depends on how slow this machine is.
        while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED) && codes.size() < 500) {
            codes.add(status(wrong).getCode());
        }
        assertThat(codes.get(0)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(codes).hasSizeGreaterThan(10).endsWith(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status(collector.with("plumbline-" + "A".repeat(43), "127.0.0.3"))
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status(collector.with(good, "127.0.0.3"))).isEqualTo(Status.OK);
        // Nobody guesses 256 bits: who has them is not shut out for his neighbour's sake.
        assertThat(status(collector.with(good, "127.0.0.2"))).isEqualTo(Status.OK);
        List<AuditEntry> refused = collector.audit().stream()
                .filter(e -> e.getWhat().equals("TOKEN_REFUSED"))
                .toList();
        // Five at once and then one in ten minutes, which is longer than this test may take; what is not told is
        // counted.
        assertThat(refused)
                .filteredOn(e -> e.getWho().equals("address 127.0.0.2"))
                .hasSize(5);
        assertThat(refused)
                .filteredOn(e -> e.getWho().equals("address 127.0.0.3"))
                .singleElement()
                .extracting(AuditEntry::getDetail)
                .isEqualTo("no such token was ever given; before it " + (codes.size() - 5)
                        + " other tries were refused that are not written down");
    }

    @Test
    void aRoleThatDoesNotReachIsRefusedAndWrittenDownAFewTimes() throws Exception {
        collector.open();
        CreateAccessTokenResponse viewer = collector.create("viewer", Duration.ofHours(1));
        var agents = AdministrationGrpc.newBlockingStub(collector.with(viewer.getToken(), "127.0.0.1"));
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> agents.listAgents(ListAgentsRequest.getDefaultInstance()))
                    .hasMessage("PERMISSION_DENIED: the role viewer of this token may not call"
                            + " plumbline.v1.Administration/ListAgents, which needs the role auditor");
        }
        assertThat(told("CALL_REFUSED"))
                .hasSize(5)
                .containsOnly("token viewer-1 (" + viewer.getAccessToken().getId()
                        + ") plumbline.v1.Administration/ListAgents the token's role is viewer, and the call needs the role"
                        + " auditor");
        ManagedChannel agent = collector.agent();
        assertThatThrownBy(() ->
                        AdministrationGrpc.newBlockingStub(agent).listAgents(ListAgentsRequest.getDefaultInstance()))
                .hasMessageStartingWith(
                        "PERMISSION_DENIED: spiffe://campus.example/site/campus/segment/wifi/agent/a may"
                                + " not call plumbline.v1.Administration/ListAgents");
        assertThat(told("CALL_REFUSED"))
                .last()
                .asString()
                .startsWith("spiffe://campus.example/site/campus/segment/wifi/agent/a plumbline.v1.Administration");
    }

    @Test
    void whoeverActsWithATokenStandsInTheAuditLogByItsNameAndId() throws Exception {
        collector.open();
        CreateAccessTokenResponse administrator = collector.create("administrator", Duration.ofHours(1));
        String who = "token administrator-1 (" + administrator.getAccessToken().getId() + ")";
        var tokens = AccessTokensGrpc.newBlockingStub(collector.with(administrator.getToken(), "127.0.0.1"));
        String id = tokens.createAccessToken(CreateAccessTokenRequest.newBuilder()
                        .setRole("viewer")
                        .setName("wall")
                        .addSegments("srv")
                        .addSegments("wifi")
                        .setTtlSeconds(60)
                        .build())
                .getAccessToken()
                .getId();
        tokens.revokeAccessToken(RevokeAccessTokenRequest.newBuilder().setId(id).build());
        tokens.revokeAccessToken(RevokeAccessTokenRequest.newBuilder().setId(id).build());
        List<AuditEntry> mine =
                collector.audit().stream().filter(e -> e.getWho().equals(who)).toList();
        assertThat(mine)
                .extracting(e ->
                        e.getWhat() + " " + e.getAbout() + " " + e.getDetail().replaceAll(" until \\S+", ""))
                .containsExactly(
                        "TOKEN_CREATED " + id + " for wall, role viewer, srv, wifi,",
                        "TOKEN_REVOKED " + id + " of wall, role viewer");
    }

    @Test
    void theLastUseIsShownAndOutlivesTheCollector() throws Exception {
        collector.open();
        CreateAccessTokenResponse viewer = collector.create("viewer", Duration.ofHours(1));
        String id = viewer.getAccessToken().getId();
        assertThat(token(id).hasLastUsedAt()).isFalse();
        status(collector.with(viewer.getToken(), "127.0.0.4"));
        assertThat(token(id).getLastUsedFrom()).isEqualTo("127.0.0.4");
        // A second use within the minute is not written at once, and is when the collector ends.
        status(collector.with(viewer.getToken(), "127.0.0.5"));
        assertThat(token(id).getLastUsedFrom()).isEqualTo("127.0.0.5");
        collector.reopen();
        assertThat(token(id).getLastUsedFrom()).isEqualTo("127.0.0.5");
        assertThat(Duration.between(
                        Instant.ofEpochSecond(token(id).getLastUsedAt().getSeconds()), Instant.now()))
                .isLessThan(Duration.ofMinutes(5));
    }

    private AccessToken token(String id) throws Exception {
        return only(list(collector.operator(), true).stream()
                .filter(t -> t.getId().equals(id))
                .toList());
    }

    @Test
    void revokingATokenEndsWhatIsUnderWayWithItAtOnce() throws Exception {
        collector.open();
        CreateAccessTokenResponse operator = collector.create("operator", Duration.ofHours(1));
        CreateAccessTokenResponse other = collector.create("operator", Duration.ofHours(1));
        connectSilentAgent();
        ManagedChannel channel = collector.with(operator.getToken(), "127.0.0.1");
        Watching mine = new Watching();
        QueryServiceGrpc.newStub(channel).verifyNow(VerifyNowRequest.getDefaultInstance(), mine);
        Watching theirs = new Watching();
        QueryServiceGrpc.newStub(collector.with(other.getToken(), "127.0.0.1"))
                .verifyNow(VerifyNowRequest.getDefaultInstance(), theirs);
        assertThat(mine.first.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(theirs.first.await(120, TimeUnit.SECONDS)).isTrue();
        revoke(operator.getAccessToken().getId());
        Status end = mine.end.get(120, TimeUnit.SECONDS);
        assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(end.getDescription()).startsWith("the token of this call opens nothing any more");
        // The same connection, again.
        assertThat(status(channel).getDescription()).isEqualTo(SAME_FOR_ALL);
        assertThat(theirs.end.getNow(Status.OK)).isEqualTo(Status.OK);
    }

    @Test
    void aTokenThatEndsGetsNothingMoreOfWhatIsUnderWay() throws Exception {
        collector.open();
        CreateAccessTokenResponse ending = collector.create("operator", Duration.ofHours(1));
        CreateAccessTokenResponse other = collector.create("operator", Duration.ofHours(9));
        connectSilentAgent();
        List<Watching> watching = new ArrayList<>();
        for (CreateAccessTokenResponse each : List.of(ending, other)) {
            Watching one = new Watching();
            watching.add(one);
            QueryServiceGrpc.newStub(collector.with(each.getToken(), "127.0.0.1"))
                    .verifyNow(VerifyNowRequest.getDefaultInstance(), one);
            assertThat(one.first.await(120, TimeUnit.SECONDS)).isTrue();
        }
        // The round closes with it, and its verdict is sent.
        collector.advance(Duration.ofHours(1));
        assertThat(watching.get(0).end.get(120, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(watching.get(1).end.get(120, TimeUnit.SECONDS)).isEqualTo(Status.OK);
    }

    @Test
    void theFirstTokenEndsWhenInitSaidHoweverLateTheCollectorStarts() throws Exception {
        collector.advance(Duration.ofDays(89));
        collector.open();
        assertThat(status(collector.with(collector.firstToken(), "127.0.0.1"))).isEqualTo(Status.OK);
        collector.advance(Duration.ofDays(2));
        assertThat(status(collector.with(collector.firstToken(), "127.0.0.1")).getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        collector.close();
        Files.delete(folder.resolve("data/enrolment.db"));
        collector.open();
        assertThat(list(collector.operator(), true)).isEmpty();
    }

    private static final class Watching implements StreamObserver<VerifyNowResponse> {
        private final CountDownLatch first = new CountDownLatch(1);
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onNext(VerifyNowResponse answer) {
            first.countDown();
        }

        @Override
        public void onError(Throwable e) {
            end.complete(Status.fromThrowable(e));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    /** One that is asked for a round and never says anything of it. */
    private void connectSilentAgent() throws Exception {
        CountDownLatch planned = new CountDownLatch(1);
        StreamObserver<ConnectRequest> agent = AgentGatewayGrpc.newStub(collector.agent())
                .connect(new StreamObserver<>() {
                    @Override
                    public void onNext(ConnectResponse answer) {
                        planned.countDown();
                    }

                    @Override
                    public void onError(Throwable e) {}

                    @Override
                    public void onCompleted() {}
                });
        agent.onNext(ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setIncarnation(Fields.uuid(new UUID(1, 2)))
                        .setAgentVersion("test")
                        .setAgentTime(Fields.timestamp(Instant.now())))
                .build());
        assertThat(planned.await(120, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thePortShowsTheOrganisationsOwnCertificateWhereItNamesOne() throws Exception {
        SiteAuthority other = SiteAuthority.create("other.example", "other", Instant.now());
        own(other.collector(List.of("127.0.0.1"), Instant.now()));
        Files.writeString(folder.resolve("other.pem"), Pem.certificate(other.certificate()));
        collector
                .with("{listen: '127.0.0.1:0', certificate: own.pem, key: own.key}")
                .open();
        Metadata headers = PeoplesCollector.bearer(collector.firstToken());
        assertThat(status(io.grpc.ClientInterceptors.intercept(
                        collector.people("127.0.0.1", folder.resolve("other.pem")),
                        MetadataUtils.newAttachHeadersInterceptor(headers))))
                .isEqualTo(Status.OK);
        assertThat(status(collector.with(collector.firstToken(), "127.0.0.1")).getCode())
                .as("the site's authority did not make it")
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aCertificateThatDoesNotNameTheAddressIsNotTrustedWithAToken() throws Exception {
        SiteAuthority other = SiteAuthority.create("other.example", "other", Instant.now());
        own(other.collector(List.of("192.0.2.7"), Instant.now()));
        Files.writeString(folder.resolve("other.pem"), Pem.certificate(other.certificate()));
        collector
                .with("{listen: '127.0.0.1:0', certificate: own.pem, key: own.key}")
                .open();
        assertThat(status(collector.people("127.0.0.1", folder.resolve("other.pem")))
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aKeyOfAnotherCertificateIsNamedAndNothingIsLeftOpen() throws Exception {
        SiteAuthority other = SiteAuthority.create("other.example", "other", Instant.now());
        own(other.collector(List.of("127.0.0.1"), Instant.now()));
        collector.with("{listen: '127.0.0.1:0', certificate: own.pem, key: pki/operator.key}");
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> collector.open());
        assertThat(e).hasMessageContaining("operator.key: is not the key of ");
        collector.with("{listen: '127.0.0.1:0'}").open();
    }

    private void own(Issued issued) throws Exception {
        Files.writeString(folder.resolve("own.pem"), Pem.certificate(issued.certificate()));
        Files.writeString(folder.resolve("own.key"), Pem.key(issued.key()));
    }

    @Test
    void withoutTlsItSpeaksOnLoopbackWhereThatIsAskedForAndNeverElse() throws Exception {
        collector.with("{listen: '127.0.0.1:0', plain-text: true}").open();
        assertThat(status(plain())).isEqualTo(Status.OK);
        collector.close();
        collector.with("{listen: '127.0.0.1:0'}").open();
        assertThat(status(plain()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        collector.close();
        collector.with("{listen: '0.0.0.0:0', plain-text: true}");
        assertThatThrownBy(() -> collector.open())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "collector.yaml:4: people.plain-text: is for loopback alone: tokens would be read on"
                                + " the way to 0.0.0.0:0; leave it out, or let people.listen be 127.0.0.1:PORT or [::1]:PORT");
    }

    private ManagedChannel plain() throws Exception {
        return collector.kept(NettyChannelBuilder.forTarget("127.0.0.1:" + collector.port())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(PeoplesCollector.bearer(collector.firstToken())))
                .build());
    }

    private static Status status(Channel channel) {
        try {
            ListSegmentsResponse answer = QueryServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(120, TimeUnit.SECONDS)
                    .listSegments(ListSegmentsRequest.getDefaultInstance());
            assertThat(answer.getSiteId()).isEqualTo("campus");
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static List<AccessToken> list(Channel channel, boolean all) {
        return AccessTokensGrpc.newBlockingStub(channel)
                .listAccessTokens(ListAccessTokensRequest.newBuilder()
                        .setIncludeClosed(all)
                        .build())
                .getAccessTokensList();
    }

    private static AccessToken only(List<AccessToken> tokens) {
        assertThat(tokens).hasSize(1);
        return tokens.get(0);
    }

    private void revoke(String id) throws Exception {
        AccessTokensGrpc.newBlockingStub(collector.operator())
                .revokeAccessToken(
                        RevokeAccessTokenRequest.newBuilder().setId(id).build());
    }
}
