package dev.plumbline.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.plumbline.catalog.Words;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Echo;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.WhoAnswered;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/** The facts of a round as one JSON object; times in ISO 8601, durations in microseconds. */
final class FactsJson {
    private final JsonGenerator json;

    private FactsJson(JsonGenerator json) {
        this.json = json;
    }

    static void write(Facts facts, PrintWriter terminal) {
        PrintWriter out = PrintableWriter.json(terminal);
        try {
            JsonGenerator generator = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .setPrettyPrinter(new DefaultPrettyPrinter());
            new FactsJson(generator).facts(facts);
            generator.flush();
            out.println();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the output is gone", e);
        }
    }

    private void facts(Facts facts) throws IOException {
        json.writeStartObject();
        if (facts.summary().isPresent()) {
            summary(facts.summary().get());
        }
        json.writeArrayFieldStart("observations");
        for (Observation observation : facts.observations()) {
            observation(observation);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("certificates");
        for (Map.Entry<Sha256, X509Certificate> entry : facts.certificates().entrySet()) {
            json.writeObjectFieldStart(entry.getKey().hex());
            json.writeStringField(
                    "subject", entry.getValue().getSubjectX500Principal().getName());
            json.writeStringField(
                    "issuer", entry.getValue().getIssuerX500Principal().getName());
            json.writeStringField(
                    "notBefore", entry.getValue().getNotBefore().toInstant().toString());
            json.writeStringField(
                    "notAfter", entry.getValue().getNotAfter().toInstant().toString());
            strings("appleExtensions", OffersTable.appleExtensions(entry.getValue()));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void summary(RoundSummary summary) throws IOException {
        json.writeNumberField("round", summary.round());
        json.writeStringField("startedAt", summary.startedAt().toString());
        json.writeStringField("endedAt", summary.endedAt().toString());
        json.writeObjectFieldStart("environment");
        json.writeStringField("agentVersion", summary.environment().agentVersion());
        json.writeStringField("platform", summary.environment().platform());
        json.writeStringField("tlsEngine", summary.environment().tlsEngine());
        strings("sourceAddresses", summary.environment().sourceAddresses());
        strings("resolvers", summary.environment().resolvers());
        json.writeStringField("unfitReason", summary.environment().unfitReason());
        strings("egressAddresses", summary.environment().egressAddresses());
        json.writeArrayFieldStart("echoes");
        for (Echo echo : summary.environment().echoes()) {
            echo(echo);
        }
        json.writeEndArray();
        new SurroundingsJson(json, this::lookup).write(summary.environment().surroundings());
        json.writeEndObject();
        json.writeObjectFieldStart("skipped");
        for (var entry : summary.skipped().entrySet()) {
            json.writeStringField(entry.getKey().value(), entry.getValue().word());
        }
        json.writeEndObject();
    }

    private void echo(Echo echo) throws IOException {
        json.writeStartObject();
        json.writeStringField("ask", Words.of(echo.ask()));
        json.writeStringField("answer", Words.of(echo.answer()));
        strings("changes", echo.changes());
        json.writeStringField(
                "seenFrom",
                echo.seenFrom().equals(Endpoint.NONE) ? "" : echo.seenFrom().toString());
        json.writeFieldName("attempt");
        attempt(echo.attempt());
        json.writeEndObject();
    }

    private void observation(Observation observation) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", observation.target().value());
        json.writeNumberField("try", observation.tryNumber());
        json.writeStringField("startedAt", observation.startedAt().toString());
        json.writeNumberField("elapsedMicros", observation.elapsed().toNanos() / 1000);
        json.writeNumberField("loopLagMicros", observation.loopLag().toNanos() / 1000);
        json.writeNumberField("queueingMicros", observation.queueing().toNanos() / 1000);
        json.writeArrayFieldStart("lookups");
        for (Lookup lookup : observation.lookups()) {
            lookup(lookup);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : observation.attempts()) {
            attempt(attempt);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void lookup(Lookup lookup) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", lookup.name());
        json.writeStringField("type", lookup.type());
        json.writeStringField("resolver", lookup.resolver().toString());
        json.writeStringField("transport", lookup.transport().word());
        json.writeNumberField("elapsedMicros", lookup.elapsed().toNanos() / 1000);
        failure(lookup.failure());
        json.writeNumberField("rcode", lookup.rcode());
        json.writeBooleanField("truncated", lookup.truncated());
        json.writeNumberField("sends", lookup.sends());
        strings("cnameChain", lookup.cnameChain());
        json.writeArrayFieldStart("answers");
        for (Lookup.Answer answer : lookup.answers()) {
            json.writeStartObject();
            json.writeStringField("data", answer.data());
            json.writeNumberField("ttlSeconds", answer.ttlSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void attempt(Attempt attempt) throws IOException {
        json.writeStartObject();
        json.writeStringField("host", attempt.host());
        json.writeStringField("transport", attempt.transport().word());
        json.writeStringField("local", attempt.local().toString());
        json.writeStringField("remote", attempt.remote().toString());
        json.writeNumberField("family", attempt.remote().isIpv6() ? 6 : 4);
        json.writeStringField("startedAt", attempt.startedAt().toString());
        failure(attempt.connect());
        json.writeNumberField("connectMicros", attempt.connectElapsed().toNanos() / 1000);
        json.writeNumberField("synRoundTripMicros", attempt.synRoundTrip().toNanos() / 1000);
        json.writeArrayFieldStart("handshakes");
        for (Handshake handshake : attempt.handshakes()) {
            handshake(handshake);
        }
        json.writeEndArray();
        if (attempt.exchange().isPresent()) {
            exchange(attempt.exchange().get());
        }
        if (!attempt.whoAnswered().equals(WhoAnswered.NOTHING)) {
            whoAnswered(attempt.whoAnswered());
        }
        if (attempt.smallSegments().isPresent()) {
            smallSegments(attempt.smallSegments().get());
        }
        if (attempt.proxy().isPresent()) {
            proxy(attempt.proxy().get());
        }
        json.writeEndObject();
    }

    private void smallSegments(SmallSegments small) throws IOException {
        json.writeObjectFieldStart("smallSegments");
        json.writeNumberField("segmentBytes", small.segmentBytes());
        failure(small.connect());
        json.writeArrayFieldStart("handshakes");
        for (Handshake handshake : small.handshake().stream().toList()) {
            handshake(handshake);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void proxy(ThroughProxy proxy) throws IOException {
        json.writeObjectFieldStart("proxy");
        json.writeStringField("name", proxy.name());
        json.writeStringField("foundBy", proxy.foundBy());
        json.writeStringField("method", proxy.method());
        json.writeBooleanField("withCredentials", proxy.withCredentials());
        json.writeNumberField("status", proxy.status());
        strings("authenticateSchemes", proxy.authenticateSchemes());
        failure(proxy.failure());
        json.writeEndObject();
    }

    private void quic(QuicHandshake quic) throws IOException {
        json.writeObjectFieldStart("quic");
        json.writeStringField("version", quic.versionText());
        if (quic.close().isPresent()) {
            json.writeObjectFieldStart("close");
            json.writeNumberField("code", quic.close().get().code());
            json.writeBooleanField("byApplication", quic.close().get().byApplication());
            json.writeStringField("reason", quic.close().get().reason());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void handshake(Handshake handshake) throws IOException {
        json.writeStartObject();
        json.writeStringField("serverName", handshake.serverName());
        strings("alpnOffered", handshake.alpnOffered());
        strings("versionsOffered", handshake.versionsOffered());
        failure(handshake.failure());
        json.writeNumberField("elapsedMicros", handshake.elapsed().toNanos() / 1000);
        json.writeNumberField("firstFlightMicros", handshake.firstFlight().toNanos() / 1000);
        if (handshake.tcpState().isPresent()) {
            json.writeObjectFieldStart("tcpState");
            json.writeNumberField("unacknowledged", handshake.tcpState().get().unacknowledged());
            json.writeNumberField("retransmits", handshake.tcpState().get().retransmits());
            json.writeNumberField("pathMtu", handshake.tcpState().get().pathMtu());
            json.writeEndObject();
        }
        if (handshake.quic().isPresent()) {
            quic(handshake.quic().get());
        }
        json.writeStringField("version", handshake.version());
        json.writeStringField("cipherSuite", handshake.cipherSuite());
        json.writeStringField("alpnSelected", handshake.alpnSelected());
        json.writeBooleanField("clientCertificateRequested", handshake.clientCertificateRequested());
        strings(
                "certificates",
                handshake.certificates().stream().map(Sha256::hex).toList());
        json.writeEndObject();
    }

    private void exchange(Exchange exchange) throws IOException {
        json.writeObjectFieldStart("exchange");
        json.writeStringField("protocol", exchange.protocol());
        failure(exchange.failure());
        json.writeNumberField("elapsedMicros", exchange.elapsed().toNanos() / 1000);
        json.writeNumberField("status", exchange.status());
        json.writeObjectFieldStart("headers");
        for (var header : exchange.headers().entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeStringField("bodyStart", exchange.bodyStart().latin1());
        json.writeNumberField("bodyBytes", exchange.bodyBytes());
        if (!exchange.asked().isEmpty()) {
            json.writeStringField("asked", exchange.asked());
        }
        json.writeObjectFieldStart("seen");
        for (var seen : exchange.seen().entrySet()) {
            json.writeStringField(seen.getKey(), seen.getValue());
        }
        json.writeEndObject();
        json.writeStringField("summary", exchange.summary());
        json.writeEndObject();
    }

    private void whoAnswered(WhoAnswered who) throws IOException {
        json.writeObjectFieldStart("whoAnswered");
        json.writeNumberField("arrivingTtl", who.arrivingTtl());
        json.writeNumberField("siblingPort", who.siblingPort());
        json.writeNumberField("siblingArrivingTtl", who.siblingArrivingTtl());
        json.writeStringField("siblingFailure", Words.of(who.siblingFailure().kind()));
        json.writeNumberField("answeringHop", who.answeringHop());
        json.writeNumberField("canaryPort", who.canaryPort());
        json.writeStringField("canaryFailure", Words.of(who.canaryFailure().kind()));
        json.writeEndObject();
    }

    private void failure(Failure failure) throws IOException {
        json.writeStringField("failure", Words.of(failure.kind()));
        if (!failure.detail().isEmpty()) {
            json.writeStringField("detail", failure.detail());
        }
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
