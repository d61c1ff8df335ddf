package dev.plumbline.deploy.here;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.Echo;
import dev.plumbline.words.TargetId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for programs: one object, findings named as in {@code plumbline findings --json}, times in UTC. */
final class HostJson {
    private final JsonGenerator json;

    private HostJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(HostReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            new HostJson(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private <T> void list(String name, List<T> items, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : items) {
            item.write(each);
        }
        json.writeEndArray();
    }

    private void report(HostReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("verdict", report.answer().name());
        if (report.origin().isPresent()) {
            origin(report.origin().get());
        }
        json.writeStringField("edition", report.edition());
        list("roles", report.roles().stream().map(Words::of).sorted().toList(), json::writeString);
        json.writeNumberField("elapsedMillis", report.elapsed().toMillis());
        list("requirements", report.verdict().requirements(), this::requirement);
        list("findings", report.verdict().findings(), this::finding);
        list("suspicions", report.verdict().suspicions(), this::finding);
        Map<TargetId, Target> targets = report.targets().stream().collect(Collectors.toMap(Target::id, t -> t));
        list("cells", report.verdict().cells(), c -> cell(c, targets));
        json.writeObjectFieldStart("skipped");
        for (var reason : report.skipped().entrySet()) {
            list(Words.of(reason.getKey()), reason.getValue(), id -> json.writeString(id.value()));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("host");
        list("sourceAddresses", report.summary().environment().sourceAddresses(), json::writeString);
        list("resolvers", report.summary().environment().resolvers(), json::writeString);
        list("egressAddresses", report.summary().environment().egressAddresses(), json::writeString);
        list("echoes", report.summary().environment().echoes(), this::echo);
        json.writeStringField("unfitReason", report.summary().environment().unfitReason());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void echo(Echo echo) throws IOException {
        json.writeStartObject();
        json.writeStringField("ask", Words.of(echo.ask()));
        json.writeStringField("answer", Words.of(echo.answer()));
        json.writeStringField("helper", echo.helper().toString());
        list("changes", echo.changes(), json::writeString);
        json.writeEndObject();
    }

    private void origin(Origin origin) throws IOException {
        json.writeObjectFieldStart("replay");
        json.writeStringField("file", origin.file().toString());
        json.writeStringField("at", origin.at().toString());
        json.writeStringField("program", origin.program());
        json.writeStringField("platform", origin.platform());
        json.writeStringField("cutShortBy", origin.cutShortBy());
        json.writeBooleanField("otherCatalog", origin.isOtherCatalog());
        json.writeObjectFieldStart("unjudged");
        for (var one : origin.unjudged().entrySet()) {
            json.writeStringField(one.getKey().value(), one.getValue());
        }
        json.writeEndObject();
        list("unmeasured", origin.unmeasured(), id -> json.writeString(id.value()));
        json.writeNumberField("evidenceLost", origin.lost());
        list("ownAnchors", origin.ownAnchors(), json::writeString);
        json.writeEndObject();
    }

    private void requirement(Requirement requirement) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", requirement.id());
        json.writeStringField("verdict", requirement.verdict().name());
        json.writeStringField("stillWorks", requirement.stillWorks().name());
        json.writeStringField("because", requirement.because());
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("place", finding.place().word());
        json.writeStringField("mechanism", finding.mechanism().id());
        json.writeStringField("scope", finding.scope().toString());
        json.writeStringField("severity", Words.of(finding.severity()));
        json.writeStringField("sentence", finding.sentence());
        list("targets", finding.targets(), id -> json.writeString(id.value()));
        list("witnesses", finding.witnesses(), this::witness);
        json.writeStringField("remedy", finding.remedy());
        json.writeEndObject();
    }

    private void witness(Witness witness) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", witness.target().value());
        json.writeStringField("transport", witness.transport().word());
        json.writeStringField("local", witness.local().toString());
        json.writeStringField("remote", witness.remote().toString());
        json.writeStringField("at", witness.at().toString());
        json.writeStringField("saw", witness.saw());
        json.writeEndObject();
    }

    private void cell(Cell cell, Map<TargetId, Target> targets) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", cell.target().value());
        Target target = targets.get(cell.target());
        if (target != null) {
            json.writeStringField("probe", target.probe().word());
        }
        json.writeBooleanField("required", cell.required());
        json.writeStringField("state", cell.state().name());
        json.writeStringField("because", cell.because());
        list("addresses", cell.addresses(), json::writeString);
        json.writeEndObject();
    }
}
