package dev.plumbline.collector.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.AgentConnection;
import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.CreateInvitationResponse;
import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.Invitation;
import dev.plumbline.v1.PendingAgent;
import dev.plumbline.v1.RevokeAgentResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Agents, invitations and the audit log for programs; times that are not known are left out. */
final class AdministrationJson {
    private final JsonGenerator json;

    private AdministrationJson(JsonGenerator json) {
        this.json = json;
    }

    private interface Content {
        void write(AdministrationJson to) throws IOException;
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    static void invited(PrintWriter out, CreateInvitationResponse response) {
        print(out, to -> {
            to.json.writeStartObject();
            to.json.writeStringField("token", response.getToken());
            to.json.writeFieldName("invitation");
            to.invitation(response.getInvitation());
            to.json.writeEndObject();
        });
    }

    static void invitations(PrintWriter out, List<Invitation> invitations) {
        print(out, to -> to.list(invitations, to::invitation));
    }

    static void agents(PrintWriter out, List<EnrolledAgent> agents) {
        print(out, to -> to.list(agents, to::agent));
    }

    static void pending(PrintWriter out, List<PendingAgent> pending) {
        print(out, to -> to.list(pending, to::pending));
    }

    static void revoked(PrintWriter out, RevokeAgentResponse response) {
        print(out, to -> {
            to.json.writeStartObject();
            to.json.writeNumberField("endedStreams", response.getEndedStreams());
            to.json.writeFieldName("agent");
            to.agent(response.getAgent());
            to.json.writeEndObject();
        });
    }

    static void audit(PrintWriter out, List<AuditEntry> entries) {
        print(out, to -> to.list(entries, to::entry));
    }

    private void invitation(Invitation invitation) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", invitation.getId());
        json.writeStringField("segment", invitation.getSegment());
        json.writeStringField("agentName", invitation.getAgentName());
        json.writeStringField("state", invitation.getState());
        json.writeStringField("createdBy", invitation.getCreatedBy());
        time("createdAt", true, invitation.getCreatedAt());
        time("endsAt", true, invitation.getEndsAt());
        json.writeStringField("usedBy", invitation.getUsedBy());
        time("usedAt", invitation.hasUsedAt(), invitation.getUsedAt());
        json.writeStringField("revokedBy", invitation.getRevokedBy());
        time("revokedAt", invitation.hasRevokedAt(), invitation.getRevokedAt());
        json.writeEndObject();
    }

    private void agent(EnrolledAgent agent) throws IOException {
        json.writeStartObject();
        json.writeStringField("identity", agent.getIdentity());
        json.writeStringField("segment", agent.getSegment());
        json.writeStringField("name", agent.getName());
        time("since", true, agent.getSince());
        time("certificateEndsAt", agent.hasCertificateEndsAt(), agent.getCertificateEndsAt());
        json.writeBooleanField("revoked", agent.hasRevokedAt());
        time("revokedAt", agent.hasRevokedAt(), agent.getRevokedAt());
        json.writeStringField("revokedBy", agent.getRevokedBy());
        json.writeStringField("revokedBecause", agent.getRevokedBecause());
        json.writeBooleanField("connected", agent.getConnectionsCount() > 0);
        json.writeBooleanField("cloned", agent.getIsCloned());
        json.writeFieldName("connections");
        list(agent.getConnectionsList(), this::connection);
        json.writeEndObject();
    }

    private void pending(PendingAgent agent) throws IOException {
        json.writeStartObject();
        json.writeStringField("identity", agent.getIdentity());
        json.writeStringField("segment", agent.getSegment());
        json.writeStringField("name", agent.getName());
        json.writeStringField("keyFingerprint", agent.getKeyFingerprint());
        json.writeStringField("remoteAddress", agent.getRemoteAddress());
        time("requestedAt", true, agent.getRequestedAt());
        time("endsAt", true, agent.getEndsAt());
        json.writeStringField("invitation", agent.getInvitationId());
        json.writeStringField("approvedBy", agent.getApprovedBy());
        time("approvedAt", agent.hasApprovedAt(), agent.getApprovedAt());
        json.writeEndObject();
    }

    private void connection(AgentConnection connection) throws IOException {
        json.writeStartObject();
        json.writeStringField("remoteAddress", connection.getRemoteAddress());
        time("since", true, connection.getSince());
        time("lastHeardAt", true, connection.getLastHeardAt());
        json.writeStringField("agentVersion", connection.getAgentVersion());
        json.writeStringField("incarnation", connection.getIncarnation());
        json.writeEndObject();
    }

    private void entry(AuditEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", entry.getNumber());
        time("at", true, entry.getAt());
        json.writeStringField("who", entry.getWho());
        json.writeStringField("what", entry.getWhat());
        json.writeStringField("about", entry.getAbout());
        json.writeStringField("detail", entry.getDetail());
        json.writeEndObject();
    }

    private void time(String name, boolean isKnown, Timestamp at) throws IOException {
        if (isKnown) {
            json.writeStringField(name, Times.instant(at).toString());
        }
    }

    private <T> void list(List<T> items, Item<T> item) throws IOException {
        json.writeStartArray();
        for (T each : items) {
            item.write(each);
        }
        json.writeEndArray();
    }

    private static void print(PrintWriter out, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            content.write(new AdministrationJson(json));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        out.println(text);
        out.flush();
    }
}
