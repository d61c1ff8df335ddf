package dev.plumbline.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.plumbline.agent.hold.HoldOutcome;
import dev.plumbline.agent.hold.QuietConnection;
import dev.plumbline.catalog.Words;
import dev.plumbline.words.Hold;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Held connections as one JSON object; times in ISO 8601, durations in microseconds. */
final class HoldsJson {
    private HoldsJson() {}

    static void write(List<QuietConnection> held, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.json(terminal);
        try {
            JsonGenerator json = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeArrayFieldStart("holds");
            for (QuietConnection one : held) {
                one(one, one.ended().join(), json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            out.println();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the output is gone", e);
        }
    }

    private static void one(QuietConnection connection, HoldOutcome outcome, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", connection.target().host());
        json.writeNumberField("port", connection.target().port());
        json.writeNumberField("plannedIdleMicros", connection.planned().toNanos() / 1000);
        if (outcome.hold().isPresent()) {
            fact(outcome.hold().get(), json);
        } else {
            json.writeStringField("notHeld", outcome.why());
        }
        json.writeEndObject();
    }

    private static void fact(Hold hold, JsonGenerator json) throws IOException {
        json.writeStringField("local", hold.local().toString());
        json.writeStringField("remote", hold.remote().toString());
        json.writeStringField("openedAt", hold.openedAt().toString());
        json.writeNumberField("idleMicros", hold.idle().toNanos() / 1000);
        json.writeStringField("end", Words.of(hold.end()));
        json.writeBooleanField("answered", hold.answered());
        if (hold.endTtl().isMeasured()) {
            json.writeNumberField("endTtlLeast", hold.endTtl().least());
            json.writeNumberField("endTtlMost", hold.endTtl().most());
        }
        json.writeStringField("detail", hold.detail());
    }
}
