package dev.plumbline.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.plumbline.agent.forecast.Beside;
import dev.plumbline.agent.forecast.Cost;
import dev.plumbline.agent.forecast.Destination;
import dev.plumbline.agent.forecast.Forecast;
import dev.plumbline.agent.forecast.Oddities;
import dev.plumbline.agent.forecast.Purpose;
import dev.plumbline.agent.forecast.Traffic;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A forecast as a JSON object; durations in microseconds, bytes of IP packets. */
public final class ForecastJson {
    private ForecastJson() {}

    /** Writes one array: an object for each segment that is served from this host. */
    public static void write(List<Forecast> forecasts, List<List<String>> origins, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.json(terminal);
        try {
            JsonGenerator json = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeArrayFieldStart("segments");
            for (int i = 0; i < forecasts.size(); i++) {
                segment(forecasts.get(i), origins.get(i), json);
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

    private static void segment(Forecast forecast, List<String> origin, JsonGenerator json) throws IOException {
        var settings = forecast.plan().settings();
        json.writeStartObject();
        json.writeStringField("segment", forecast.plan().segment().value());
        json.writeStringField("plan", forecast.plan().hash());
        texts("origin", origin, json);
        texts("sources", forecast.sources(), json);
        json.writeNumberField("roundMicros", settings.round().toNanos() / 1000);
        json.writeNumberField("connectionsPerSecond", settings.connectionsPerSecond());
        json.writeNumberField("confirmations", settings.confirmations());
        json.writeNumberField("mostTargetsAtOnce", forecast.mostTargetsAtOnce());
        json.writeNumberField("quietConnections", forecast.holds());
        json.writeNumberField("goodWithinFactor", Cost.FACTOR);
        json.writeNumberField("bytesReceivedGoodWithinFactor", Cost.FACTOR_RECEIVED);
        traffic("aDay", forecast.total(), json);
        traffic("usualRound", forecast.usualRound(), json);
        traffic("largestRound", forecast.largestRound(), json);
        traffic("roundOnDemandAtMost", forecast.demanded(), json);
        json.writeArrayFieldStart("besides");
        for (Beside beside : forecast.besides()) {
            json.writeStartObject();
            json.writeStringField("what", beside.what());
            json.writeStringField("sentence", beside.sentence());
            traffic("aDay", beside.aDay(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("destinations");
        for (Destination destination : forecast.destinations()) {
            destination(destination, json);
        }
        json.writeEndArray();
        texts("unusual", Oddities.of(forecast), json);
        json.writeEndObject();
    }

    private static void destination(Destination destination, JsonGenerator json) throws IOException {
        Target target = destination.target();
        json.writeStartObject();
        json.writeStringField("target", target.id().value());
        json.writeStringField("name", destination.name());
        json.writeNumberField("port", target.port());
        json.writeStringField("transport", target.transport().word());
        json.writeStringField("probe", target.probe().word());
        json.writeStringField("says", destination.cost().says());
        texts("purposes", target.services().stream().sorted().map(Purpose::of).toList(), json);
        texts("services", target.services().stream().sorted().map(Words::of).toList(), json);
        texts("roles", target.roles().stream().sorted().map(Words::of).toList(), json);
        json.writeArrayFieldStart("rows");
        for (RowRef row : target.sources()) {
            json.writeStartObject();
            json.writeStringField("edition", row.edition());
            json.writeNumberField("line", row.line());
            json.writeStringField("text", row.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("everyMicros", destination.every().toNanos() / 1000);
        json.writeNumberField("timesADay", destination.timesADay());
        traffic("oneConversation", destination.cost().each(), json);
        traffic("aDay", destination.aDay(), json);
        json.writeEndObject();
    }

    private static void texts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void traffic(String name, Traffic traffic, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("connections", traffic.connections());
        json.writeNumberField("packetsOut", traffic.packetsOut());
        json.writeNumberField("packetsIn", traffic.packetsIn());
        json.writeNumberField("bytesOut", traffic.bytesOut());
        json.writeNumberField("bytesIn", traffic.bytesIn());
        json.writeEndObject();
    }
}
