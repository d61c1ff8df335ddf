package dev.plumbline.collector.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.AccessToken;
import dev.plumbline.v1.CreateAccessTokenResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Tokens of people and tools, for programs; times that are not known are left out. */
final class TokenJson {
    private TokenJson() {}

    private interface Content {
        void write(JsonGenerator to) throws IOException;
    }

    static void created(PrintWriter out, CreateAccessTokenResponse response) {
        print(out, json -> {
            json.writeStartObject();
            json.writeStringField("token", response.getToken());
            json.writeFieldName("accessToken");
            token(json, response.getAccessToken());
            json.writeEndObject();
        });
    }

    static void tokens(PrintWriter out, List<AccessToken> tokens) {
        print(out, json -> {
            json.writeStartArray();
            for (AccessToken token : tokens) {
                token(json, token);
            }
            json.writeEndArray();
        });
    }

    private static void token(JsonGenerator json, AccessToken token) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", token.getId());
        json.writeStringField("name", token.getName());
        json.writeStringField("role", token.getRole());
        json.writeFieldName("segments");
        json.writeStartArray();
        for (String segment : token.getSegmentsList()) {
            json.writeString(segment);
        }
        json.writeEndArray();
        json.writeStringField("state", token.getState());
        json.writeStringField("createdBy", token.getCreatedBy());
        time(json, "createdAt", true, token.getCreatedAt());
        time(json, "endsAt", true, token.getEndsAt());
        json.writeStringField("revokedBy", token.getRevokedBy());
        time(json, "revokedAt", token.hasRevokedAt(), token.getRevokedAt());
        time(json, "lastUsedAt", token.hasLastUsedAt(), token.getLastUsedAt());
        json.writeStringField("lastUsedFrom", token.getLastUsedFrom());
        json.writeEndObject();
    }

    private static void time(JsonGenerator json, String name, boolean isKnown, Timestamp at) throws IOException {
        if (isKnown) {
            json.writeStringField(name, Times.instant(at).toString());
        }
    }

    private static void print(PrintWriter out, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        out.println(text);
        out.flush();
    }
}
