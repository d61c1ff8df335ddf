package dev.plumbline.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.plumbline.agent.net.HopAnswer;
import dev.plumbline.agent.net.PortPath;
import dev.plumbline.words.WhoAnswered;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A path as one JSON object; what was not measured is null. */
final class PathJson {
    private PathJson() {}

    static void write(String host, String address, List<PortPath> paths, int connects, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.json(terminal);
        try {
            JsonGenerator json = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("host", host);
            json.writeStringField("address", address);
            json.writeNumberField("connects", connects);
            json.writeArrayFieldStart("ports");
            for (PortPath path : paths) {
                port(json, path);
            }
            json.writeEndArray();
            json.writeStringField("meaning", PathMeaning.of(host, paths));
            json.writeEndObject();
            json.flush();
            out.println();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the output is gone", e);
        }
    }

    private static void port(JsonGenerator json, PortPath path) throws IOException {
        json.writeStartObject();
        json.writeNumberField("port", path.port());
        json.writeStringField("answer", PathTable.word(path.answer()));
        json.writeNumberField("elapsedMicros", path.roundTrip().toNanos() / 1000);
        json.writeArrayFieldStart("hops");
        for (HopAnswer hop : path.hops()) {
            json.writeString(PathTable.word(hop));
        }
        json.writeEndArray();
        number(json, "answeringHop", path.answeringHop().orElse(WhoAnswered.NOT_MEASURED));
        number(json, "arrivingTtl", path.arrivingTtl());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, int value) throws IOException {
        if (value == WhoAnswered.NOT_MEASURED) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
