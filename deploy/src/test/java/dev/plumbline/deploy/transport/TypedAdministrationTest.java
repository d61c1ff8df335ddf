package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.identity.JoinToken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs are answered, and whoever mistypes. */
final class TypedAdministrationTest extends EnrollingCampus {
    @Test
    void programsAreAnsweredInJson() throws Exception {
        ObjectMapper reader = new ObjectMapper();
        JsonNode invited = reader.readTree(plumbline("invite", "--segment", "wifi", "--ttl", "5m", "--json")
                .out());
        assertThat(join(invited.get("token").asText(), "agent").exitCode()).isZero();
        JsonNode open = reader.readTree(plumbline("invite", "--segment", "wifi", "--agent", "desk", "--json")
                .out());
        String id = open.get("invitation").get("id").asText();
        assertThat(JoinToken.parse(open.get("token").asText()).hash().hex()).startsWith(id);
        JsonNode listed = reader.readTree(plumbline("invites", "--json").out());
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("agentName").asText()).isEqualTo("desk");
        assertThat(plumbline("invites").out()).contains(id).contains("OPEN");
        assertThat(reader.readTree(plumbline("invite", "--revoke", id, "--json").out())
                        .get(0)
                        .get("state")
                        .asText())
                .isEqualTo("REVOKED");
        assertThat(reader.readTree(plumbline("invites", "--all", "--json").out()))
                .hasSize(2);
        JsonNode revoked =
                reader.readTree(plumbline("revoke", "wifi/agent", "--json").out());
        assertThat(revoked.get("agent").get("revoked").asBoolean()).isTrue();
        assertThat(revoked.get("endedStreams").asInt()).isZero();
        JsonNode audit =
                reader.readTree(plumbline("audit", "--last", "2", "--json").out());
        assertThat(audit).hasSize(2);
        assertThat(audit.get(1).get("what").asText()).isEqualTo("AGENT_REVOKED");
        assertThat(audit.get(1).get("who").asText()).endsWith("/operator/admin");
        assertThat(reader.readTree(plumbline("agents", "--json").out())
                        .get(0)
                        .get("connected")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatIsTypedWrongIsAnsweredWithASentenceAndTwo() {
        for (List<String> wrong : List.of(
                List.of("invite"),
                List.of("invite", "--segment", "attic"),
                List.of("invite", "--segment", "wifi", "--ttl", "soon"),
                List.of("invite", "--segment", "wifi", "--ttl", "8d"),
                List.of("invite", "--revoke", "0000000000"),
                List.of("revoke", "nobody"),
                List.of("revoke", "wifi/nobody"),
                List.of("revoke", "nobody", "--unseen"),
                List.of("revoke", "all/x"),
                List.of("revoke", "all/x", "--unseen"))) {
            Typed answer = plumbline(wrong.toArray(String[]::new));
            assertThat(answer.exitCode()).as(wrong + " " + answer.err()).isEqualTo(2);
            assertThat(answer.err()).as(wrong.toString()).isNotBlank().doesNotContain("Exception");
            assertThat(answer.out()).isEmpty();
        }
    }
}
