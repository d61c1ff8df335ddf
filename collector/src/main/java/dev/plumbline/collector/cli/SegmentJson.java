package dev.plumbline.collector.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.v1.DeleteSegmentResponse;
import dev.plumbline.v1.SegmentDeclaration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Changes of segments for programs. */
final class SegmentJson {
    private SegmentJson() {}

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static void changed(PrintWriter out, SegmentDeclaration segment, List<String> notes) {
        print(out, json -> {
            json.writeStartObject();
            segment(json, segment);
            texts(json, "notes", notes);
            json.writeEndObject();
        });
    }

    static void removed(PrintWriter out, DeleteSegmentResponse response) {
        print(out, json -> {
            json.writeStartObject();
            segment(json, response.getSegment());
            json.writeNumberField("endedStreams", response.getEndedStreams());
            json.writeNumberField("revokedInvitations", response.getRevokedInvitations());
            json.writeNumberField("revokedAccessTokens", response.getRevokedAccessTokens());
            json.writeNumberField("narrowedAccessTokens", response.getNarrowedAccessTokens());
            json.writeEndObject();
        });
    }

    private static void segment(JsonGenerator json, SegmentDeclaration segment) throws IOException {
        json.writeObjectFieldStart("segment");
        json.writeStringField("id", segment.getId());
        json.writeStringField("name", segment.getDisplayName());
        json.writeStringField("kind", segment.getKind());
        texts(json, "roles", segment.getRolesList());
        texts(json, "cidrs", segment.getCidrsList());
        json.writeStringField("egressGroup", segment.getEgressGroup());
        texts(json, "mustNotReach", segment.getMustNotReachList());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
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
