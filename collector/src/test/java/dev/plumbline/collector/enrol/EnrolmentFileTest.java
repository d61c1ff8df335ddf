package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.ListAuditEntriesRequest;
import dev.plumbline.v1.RevokeInvitationRequest;
import io.grpc.Status;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log, and files of other programs. */
final class EnrolmentFileTest extends EnrollingCollector {
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
}
