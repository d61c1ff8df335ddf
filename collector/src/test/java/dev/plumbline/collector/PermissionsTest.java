package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.CreateInvitationRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rpc that a whole collector serves, asked by everybody at every port, over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class PermissionsTest {
    /**
     * + is let in, p is PERMISSION_DENIED, u is UNAUTHENTICATED, . is not served there. "wifi" is a viewer's token for one
     * segment; "dir" an operator's certificate without a token at the people's port; "host" asks at the port for hosts without
     * a certificate, where a secret that opens nothing is UNAUTHENTICATED too.
     */
    private static final String TABLE = """
            # at the port                      people's                                        agents'  hosts'
            #                                  nobody wrong wifi viewer auditor operator admin agent dir host
            QueryService/ListSegments          u      u     +    +      +       +        +     p     +   .
            QueryService/GetSegment            u      u     p    +      +       +        +     p     +   .
            QueryService/GetMatrix             u      u     +    +      +       +        +     p     +   .
            QueryService/ListFindings          u      u     +    +      +       +        +     p     +   .
            QueryService/GetFinding            u      u     +    +      +       +        +     p     +   .
            QueryService/ExplainTarget         u      u     p    +      +       +        +     p     +   .
            QueryService/GetRemedy             u      u     +    +      +       +        +     p     +   .
            QueryService/CompareSegments       u      u     +    +      +       +        +     p     +   .
            QueryService/Watch                 u      u     +    +      +       +        +     p     +   .
            QueryService/VerifyNow             u      u     p    p      p       +        +     p     +   .
            ReportService/GenerateReport       u      u     p    p      +       +        +     p     +   .
            Alerts/ListAlerts                  u      u     p    p      p       +        +     p     +   .
            Alerts/TestReceivers               u      u     p    p      p       +        +     p     +   .
            Administration/ListAgents          u      u     p    p      +       +        +     p     +   .
            Administration/ListInvitations     u      u     p    p      +       +        +     p     +   .
            Administration/ListAuditEntries    u      u     p    p      +       +        +     p     +   .
            Administration/CreateInvitation    u      u     p    p      p       +        +     p     +   .
            Administration/RevokeInvitation    u      u     p    p      p       +        +     p     +   .
            Administration/RevokeAgent         u      u     p    p      p       +        +     p     +   .
            Approval/ListPendingAgents         u      u     p    p      +       +        +     p     +   .
            Approval/ApproveAgent              u      u     p    p      p       +        +     p     +   .
            Approval/DenyAgent                 u      u     p    p      p       +        +     p     +   .
            SegmentAdministration/CreateSegment u     u     p    p      p       p        +     p     +   .
            SegmentAdministration/UpdateSegment u     u     p    p      p       p        +     p     +   .
            SegmentAdministration/DeleteSegment u     u     p    p      p       p        +     p     +   .
            AccessTokens/CreateAccessToken     u      u     p    p      p       p        +     p     +   .
            AccessTokens/ListAccessTokens      u      u     p    p      p       p        +     p     +   .
            AccessTokens/RevokeAccessToken     u      u     p    p      p       p        +     p     +   .
            AgentGateway/Connect               .      .     .    .      .       .        .     +     p   .
            CertificateRenewal/RenewCertificate .     .     .    .      .       .        .     +     p   .
            Enrolment/EnrolAgent               .      .     .    .      .       .        .     .     .   u
            """;

    private static final List<String> CALLERS =
            List.of("nobody", "wrong", "wifi", "viewer", "auditor", "operator", "admin", "agent", "dir", "host");

    @TempDir
    static Path folder;

    private static PeoplesCollector collector;
    private static final Map<String, ManagedChannel> CHANNELS = new LinkedHashMap<>();
    private static final Map<String, MethodDescriptor<?, ?>> SERVED = new TreeMap<>();

    /** Whoever is refused too often from one address is put off; this host has 16 million. */
    private static int strangers;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.start(folder);
        for (ServerServiceDefinition service : collector.collector().served()) {
            service.getMethods()
                    .forEach(m -> SERVED.put(
                            m.getMethodDescriptor().getFullMethodName().replace("plumbline.v1.", ""),
                            m.getMethodDescriptor()));
        }
        CHANNELS.put("wifi", collector.with(collector.token("viewer", "wifi"), "127.0.0.1"));
        CHANNELS.put("viewer", collector.with(collector.token("viewer"), "127.0.0.1"));
        CHANNELS.put("auditor", collector.with(collector.token("auditor"), "127.0.0.1"));
        CHANNELS.put("operator", collector.with(collector.token("operator"), "127.0.0.1"));
        CHANNELS.put("admin", collector.with(collector.firstToken(), "127.0.0.1"));
        CHANNELS.put("agent", collector.agent());
        CHANNELS.put("dir", collector.operator());
        JoinToken join = JoinToken.parse(AdministrationGrpc.newBlockingStub(collector.operator())
                .createInvitation(CreateInvitationRequest.newBuilder()
                        .setSegment("wifi")
                        .setTtlSeconds(3600)
                        .build())
                .getToken());
        CHANNELS.put(
                "host",
                collector.kept(NettyChannelBuilder.forTarget(join.addresses().get(0))
                        .sslContext(GrpcSslContexts.forClient()
                                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                .build())
                        .build()));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void everyRpcThatIsServedStandsInTheTableAndInThisOne() {
        assertThat(SERVED).isNotEmpty();
        assertThat(SERVED.values())
                .allSatisfy(m -> assertThat(Permissions.of(m.getFullMethodName()))
                        .as(m.getFullMethodName())
                        .isNotEqualTo(Audience.NOBODY));
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(SERVED.keySet());
    }

    @Test
    void whatStandsInNoTableIsForNobody() {
        assertThat(Permissions.of("plumbline.v1.QueryService/Forgotten")).isEqualTo(Audience.NOBODY);
        assertThat(Stream.of(dev.plumbline.collector.access.AccessRole.values()))
                .noneMatch(Audience.NOBODY::includes)
                .noneMatch(Audience.AGENT::includes)
                .noneMatch(Audience.STRANGER::includes);
    }

    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        TABLE.lines().filter(l -> !l.startsWith("#")).forEach(line -> {
            List<String> words = List.of(line.strip().split(" +", -1));
            rows.put(words.get(0), words.subList(1, words.size()));
        });
        return rows;
    }

    static Stream<Arguments> everyRpcByEverybody() {
        return rows().entrySet().stream().flatMap(row -> {
            assertThat(row.getValue()).hasSameSizeAs(CALLERS);
            return Stream.iterate(0, i -> i < CALLERS.size(), i -> i + 1)
                    .map(i -> Arguments.of(
                            row.getKey(), CALLERS.get(i), row.getValue().get(i)));
        });
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("everyRpcByEverybody")
    void whoMayCallWhat(String rpc, String caller, String expected) throws Exception {
        Status status = call(channel(caller), Objects.requireNonNull(SERVED.get(rpc), rpc));
        String seen = switch (status.getCode()) {
            case PERMISSION_DENIED -> "p";
            case UNAUTHENTICATED -> "u";
            case UNIMPLEMENTED -> ".";
            // What was asked is nonsense, and that it was told so shows that it was let in.
            case OK, INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION -> "+";
            default -> status.toString();
        };
        assertThat(seen).as(status.toString()).isEqualTo(expected);
    }

    private static ManagedChannel channel(String caller) throws Exception {
        String own = "127.1." + strangers / 200 + "." + (1 + strangers % 200);
        strangers++;
        return switch (caller) {
            case "nobody" -> collector.people(own);
            case "wrong" -> collector.with("plumbline-" + "A".repeat(43), own);
            default -> Objects.requireNonNull(CHANNELS.get(caller), caller);
        };
    }

    private static <Q, A> Status call(ManagedChannel channel, MethodDescriptor<Q, A> method) throws Exception {
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(120, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    /** Whoever is told something was let in; some calls never end by themselves. */
                    @Override
                    public void onMessage(A message) {
                        ended.complete(Status.OK);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        call.request(100);
        MethodDescriptor.PrototypeMarshaller<Q> requests =
                (MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller();
        call.sendMessage(Objects.requireNonNull(requests.getMessagePrototype()));
        call.halfClose();
        Status status = ended.get(150, TimeUnit.SECONDS);
        call.cancel("it is known who may call", null);
        return status;
    }
}
