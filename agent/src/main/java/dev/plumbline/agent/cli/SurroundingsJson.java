package dev.plumbline.agent.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.Surroundings.DnsControl;
import dev.plumbline.words.Surroundings.ProxyScript;
import java.io.IOException;

/** What was found around the host, as members of the object under way. */
final class SurroundingsJson {
    private final JsonGenerator json;
    private final Writer<Lookup> lookups;

    /** Writes one value as an object. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T value) throws IOException;
    }

    SurroundingsJson(JsonGenerator json, Writer<Lookup> lookups) {
        this.json = json;
        this.lookups = lookups;
    }

    void write(Surroundings seen) throws IOException {
        each(
                "proxySettings",
                seen.proxySettings(),
                s -> texts("source", s.source(), "name", s.name(), "value", s.value()));
        each(
                "discoveries",
                seen.discoveries(),
                d -> texts("method", d.method(), "asked", d.asked(), "found", d.found(), "problem", d.problem()));
        each("proxyScripts", seen.proxyScripts(), this::script);
        each("dnsControls", seen.dnsControls(), this::control);
        if (seen.captivePortal().isPresent()) {
            Surroundings.CaptivePortal portal = seen.captivePortal().get();
            json.writeObjectFieldStart("captivePortal");
            texts("url", portal.url(), "problem", portal.problem(), "userPortalUrl", portal.userPortalUrl());
            json.writeNumberField("status", portal.status());
            json.writeBooleanField("captive", portal.captive());
            json.writeEndObject();
        }
    }

    private void script(ProxyScript script) throws IOException {
        texts(
                "url",
                script.url(),
                "foundBy",
                script.foundBy(),
                "end",
                script.end().name(),
                "problem",
                script.problem());
        json.writeNumberField("status", script.status());
        json.writeNumberField("bytes", script.bytes());
        each("answers", script.answers(), answer -> {
            texts("answer", answer.answer());
            json.writeArrayFieldStart("targets");
            for (String target : answer.targets()) {
                json.writeString(target);
            }
            json.writeEndArray();
        });
    }

    private void control(DnsControl control) throws IOException {
        texts("kind", control.kind(), "echoedName", control.echoedName());
        json.writeFieldName("lookup");
        lookups.write(control.lookup());
    }

    private void texts(String... namesAndValues) throws IOException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.writeStringField(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private <T> void each(String name, Iterable<T> values, Writer<T> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            writer.write(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
