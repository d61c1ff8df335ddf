package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.CreateInvitationRequest;
import dev.plumbline.v1.CreateInvitationResponse;
import dev.plumbline.v1.CreateSegmentRequest;
import dev.plumbline.v1.DeleteSegmentRequest;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import dev.plumbline.v1.RevokeAgentRequest;
import dev.plumbline.v1.RevokeInvitationRequest;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.v1.UpdateSegmentRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What administrators change, and who is refused, while no line of the audit log can be written. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class AuditedChangesTest {
    /** As SQLite says it of a full disk, whenever a line of the log would be written. */
    private static final String FULL =
            "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

    @TempDir
    Path folder;

    private PeoplesCollector collector;
    private Channel operator;

    @BeforeEach
    void start() throws Exception {
        collector = PeoplesCollector.start(folder);
        operator = collector.operator();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aChangeWhoseLineCannotBeWrittenFailsAsAWholeWithASentence() throws Exception {
        SegmentDeclaration lab =
                SegmentDeclaration.newBuilder().setId("lab").setKind("guest").build();
        SegmentAdministrationGrpc.newBlockingStub(operator)
                .createSegment(CreateSegmentRequest.newBuilder().setSegment(lab).build());
        String token = collector
                .create("viewer", Duration.ofHours(1), "lab")
                .getAccessToken()
                .getId();
        String invitation = invite().getInvitation().getId();
        Map<String, Consumer<Channel>> changes = new LinkedHashMap<>();
        changes.put("invite", c -> AdministrationGrpc.newBlockingStub(c).createInvitation(invitation("wifi")));
        changes.put(
                "invite --revoke",
                c -> AdministrationGrpc.newBlockingStub(c)
                        .revokeInvitation(RevokeInvitationRequest.newBuilder()
                                .setId(invitation)
                                .build()));
        changes.put(
                "revoke",
                c -> AdministrationGrpc.newBlockingStub(c)
                        .revokeAgent(RevokeAgentRequest.newBuilder()
                                .setSegment("wifi")
                                .setName("a")
                                .build()));
        changes.put(
                "segment add",
                c -> SegmentAdministrationGrpc.newBlockingStub(c)
                        .createSegment(CreateSegmentRequest.newBuilder()
                                .setSegment(lab.toBuilder().setId("attic"))
                                .build()));
        changes.put(
                "segment edit",
                c -> SegmentAdministrationGrpc.newBlockingStub(c)
                        .updateSegment(UpdateSegmentRequest.newBuilder()
                                .setSegment(lab.toBuilder().setKind("wired"))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("kind"))
                                .build()));
        changes.put(
                "segment remove",
                c -> SegmentAdministrationGrpc.newBlockingStub(c)
                        .deleteSegment(
                                DeleteSegmentRequest.newBuilder().setId("lab").build()));
        changes.put(
                "token create",
                c -> AccessTokensGrpc.newBlockingStub(c)
                        .createAccessToken(CreateAccessTokenRequest.newBuilder()
                                .setRole("viewer")
                                .setName("wall")
                                .setTtlSeconds(3600)
                                .build()));
        changes.put(
                "token revoke",
                c -> AccessTokensGrpc.newBlockingStub(c)
                        .revokeAccessToken(RevokeAccessTokenRequest.newBuilder()
                                .setId(token)
                                .build()));
        List<String> before = everything();
        sql(FULL);
        changes.forEach((name, change) -> {
            Status told = catchThrowableOfType(StatusRuntimeException.class, () -> change.accept(operator))
                    .getStatus();
            assertThat(told.getCode()).as(name).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(told.getDescription())
                    .as(name)
                    .contains("enrolment.db: could not be written")
                    .contains("disk is full");
        });
        assertThat(everything()).isEqualTo(before);
        assertThat(QueryServiceGrpc.newBlockingStub(operator)
                        .listSegments(ListSegmentsRequest.getDefaultInstance())
                        .getSegmentsList())
                .extracting(Segment::getId)
                .as("nobody goes by what is not written")
                .containsExactly("wifi", "srv", "lab");
        sql("DROP TRIGGER full");
        changes.forEach((name, change) -> change.accept(operator));
        assertThat(everything()).isNotEqualTo(before);
    }

    @Test
    void whoIsRefusedIsRefusedInTheSameWordsAndTheLogCanBeRead() throws Exception {
        JoinToken join = JoinToken.parse(invite().getToken());
        Channel door =
                collector.kept(NettyChannelBuilder.forTarget(join.addresses().get(0))
                        .sslContext(GrpcSslContexts.forClient()
                                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                .build())
                        .build());
        String viewer = collector.token("viewer");
        Status stranger = refusedToJoin(door);
        refusedToJoin(door);
        Status wrongRole = refusedToList(viewer);
        Status wrongToken = refusedToList("plumbline-" + "A".repeat(43));
        // The hour is over, and with it what was counted is to be written down.
        collector.advance(Duration.ofMinutes(61));
        String later = collector.token("viewer");
        sql(FULL);
        assertThat(said(refusedToJoin(door))).isEqualTo(said(stranger));
        assertThat(said(refusedToList(later))).isEqualTo(said(wrongRole));
        assertThat(said(refusedToList("plumbline-" + "A".repeat(43)))).isEqualTo(said(wrongToken));
        assertThat(collector.audit()).isNotEmpty();
        sql("DROP TRIGGER full");
        assertThat(collector.audit())
                .filteredOn(e -> e.getWhat().equals("JOIN_REFUSED"))
                .extracting(AuditEntry::getDetail)
                .hasSize(3)
                .anyMatch(d -> d.startsWith("the same 1 more time in the hour from "));
    }

    private static String said(Status status) {
        return status.getCode() + ": " + status.getDescription();
    }

    private static Status refusedToJoin(Channel door) {
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> EnrolmentGrpc.newBlockingStub(door)
                                .enrolAgent(EnrolAgentRequest.newBuilder()
                                        .setSecret(ByteString.copyFrom(new byte[32]))
                                        .build()))
                .getStatus();
    }

    private Status refusedToList(String token) throws Exception {
        Channel channel = collector.with(token, "127.0.0.1");
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> AdministrationGrpc.newBlockingStub(channel)
                                .listAgents(ListAgentsRequest.getDefaultInstance()))
                .getStatus();
    }

    private CreateInvitationResponse invite() {
        return AdministrationGrpc.newBlockingStub(operator).createInvitation(invitation("wifi"));
    }

    private static CreateInvitationRequest invitation(String segment) {
        return CreateInvitationRequest.newBuilder()
                .setSegment(segment)
                .setTtlSeconds(7200)
                .build();
    }

    private void sql(String statement) throws Exception {
        try (Connection other = connect();
                Statement one = other.createStatement()) {
            one.execute(statement);
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/enrolment.db"));
    }

    /** Every row of every table. */
    private List<String> everything() throws Exception {
        List<String> all = new ArrayList<>();
        try (Connection other = connect();
                Statement one = other.createStatement()) {
            for (String table : List.of("invitation", "agent", "access_token", "segment_change", "pending", "audit")) {
                try (ResultSet rows = one.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            row.append(' ').append(rows.getString(i));
                        }
                        all.add(row.toString());
                    }
                }
            }
        }
        return all;
    }
}
