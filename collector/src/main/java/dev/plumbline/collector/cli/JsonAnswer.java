package dev.plumbline.collector.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import dev.plumbline.v1.AgentStatus;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.CellChange;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.Configuration;
import dev.plumbline.v1.Difference;
import dev.plumbline.v1.DifferingCause;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.FindingChange;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.v1.Incomparable;
import dev.plumbline.v1.PoolCoverage;
import dev.plumbline.v1.ReportHeader;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.RuleTrace;
import dev.plumbline.v1.Seen;
import dev.plumbline.v1.Segment;
import dev.plumbline.v1.SourceRow;
import dev.plumbline.v1.VerifyVerdict;
import dev.plumbline.v1.WatchResponse;
import dev.plumbline.v1.Witness;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The answers as JSON for programs: names as in the query contract in camel case, times as ISO 8601 in UTC. */
final class JsonAnswer {
    private final JsonGenerator json;

    private JsonAnswer(JsonGenerator json) {
        this.json = json;
    }

    private interface Content {
        void write(JsonAnswer to) throws IOException;
    }

    static void segments(PrintWriter out, List<Segment> segments) {
        print(out, a -> a.list(segments, a::segment));
    }

    static void cells(PrintWriter out, List<Cell> cells) {
        print(out, a -> a.list(cells, a::cell));
    }

    static void findings(PrintWriter out, List<Finding> findings) {
        print(out, a -> a.list(findings, a::finding));
    }

    static void explanation(PrintWriter out, ExplainTargetResponse response) {
        print(out, a -> a.explanation(response));
    }

    static void comparison(PrintWriter out, CompareSegmentsResponse response) {
        print(out, a -> a.comparison(response));
    }

    static void remedy(PrintWriter out, GetRemedyResponse response) {
        print(out, a -> a.remedy(response));
    }

    /** What was written where. */
    static void report(PrintWriter out, ReportHeader header, Path file, Optional<Path> signature) {
        print(out, a -> a.report(header, file, signature));
    }

    /** What a plugin says. */
    static void status(PrintWriter out, String segment, String service, NagiosStatus status) {
        print(out, a -> a.status(segment, service, status));
    }

    static void verdict(PrintWriter out, VerifyVerdict verdict) {
        print(out, a -> a.verdict(verdict));
    }

    /** On one line: it is one of many. */
    static void news(PrintWriter out, WatchResponse news) {
        write(out, false, a -> a.news(news));
    }

    private static void print(PrintWriter out, Content content) {
        write(out, true, content);
    }

    private static void write(PrintWriter out, boolean isPretty, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            if (isPretty) {
                json.useDefaultPrettyPrinter();
            }
            content.write(new JsonAnswer(json));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        out.println(text);
        out.flush();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private <T> void list(List<T> items, Item<T> item) throws IOException {
        json.writeStartArray();
        for (T each : items) {
            item.write(each);
        }
        json.writeEndArray();
    }

    private <T> void field(String name, List<T> items, Item<T> item) throws IOException {
        json.writeFieldName(name);
        list(items, item);
    }

    private void texts(String name, List<String> texts) throws IOException {
        field(name, texts, json::writeString);
    }

    private void time(String name, boolean present, Timestamp at) throws IOException {
        if (present) {
            json.writeStringField(name, Times.instant(at).toString());
        } else {
            json.writeNullField(name);
        }
    }

    private void segment(Segment segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", segment.getId());
        json.writeStringField("name", segment.getDisplayName());
        json.writeStringField("kind", segment.getKind());
        texts("roles", segment.getRolesList());
        texts("cidrs", segment.getCidrsList());
        json.writeStringField("egressGroup", segment.getEgressGroup());
        field("agents", segment.getAgentsList(), this::agent);
        field("requirements", segment.getRequirementsList(), this::requirement);
        json.writeNumberField("openViolations", segment.getOpenViolations());
        json.writeNumberField("openFaults", segment.getOpenFaults());
        field("pools", segment.getPoolsList(), this::pool);
        json.writeEndObject();
    }

    private void agent(AgentStatus agent) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", agent.getName());
        json.writeBooleanField("connected", agent.getConnected());
        time("lastHeardAt", agent.hasLastHeardAt(), agent.getLastHeardAt());
        json.writeStringField("version", agent.getVersion());
        json.writeStringField("unfitReason", agent.getUnfitReason());
        json.writeNumberField("lostObservations", agent.getLostObservations());
        json.writeEndObject();
    }

    private void requirement(Requirement requirement) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", requirement.getId());
        json.writeStringField("verdict", requirement.getVerdict());
        json.writeStringField("because", requirement.getBecause());
        json.writeStringField("stillWorks", requirement.getStillWorks());
        json.writeEndObject();
    }

    private void cell(Cell cell) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment", cell.getSegment());
        json.writeStringField("targetId", cell.getTargetId());
        json.writeStringField("service", cell.getService());
        json.writeStringField("state", cell.getState());
        json.writeStringField("because", cell.getBecause());
        json.writeBooleanField("required", cell.getRequired());
        json.writeNumberField("round", cell.getRound());
        time("observedAt", cell.hasObservedAt(), cell.getObservedAt());
        json.writeBooleanField("soft", cell.getSoft());
        json.writeStringField("host", cell.getHost());
        json.writeNumberField("port", cell.getPort());
        json.writeStringField("transport", cell.getTransport());
        json.writeStringField("serverName", cell.getServerName());
        texts("addresses", cell.getAddressesList());
        json.writeNumberField("latencyMicros", cell.getLatencyMicros());
        json.writeFieldName("seen");
        seen(cell.getSeen());
        time("since", cell.hasSince(), cell.getSince());
        json.writeEndObject();
    }

    private void seen(Seen seen) throws IOException {
        json.writeStartObject();
        texts("issuers", seen.getIssuersList());
        texts("answers", seen.getAnswersList());
        json.writeNumberField("hopsLeast", seen.getHopsLeast());
        json.writeNumberField("hopsMost", seen.getHopsMost());
        json.writeNumberField("idleStoodSeconds", seen.getIdleStoodSeconds());
        json.writeNumberField("idleEndedSeconds", seen.getIdleEndedSeconds());
        json.writeStringField("idleEnd", seen.getIdleEnd());
        json.writeEndObject();
    }

    private void news(WatchResponse news) throws IOException {
        json.writeStartObject();
        time("at", news.hasAt(), news.getAt());
        json.writeBooleanField("whole", news.getWhole());
        field("cells", news.getCellsList(), this::cell);
        field("findings", news.getFindingsList(), this::finding);
        texts("closedFindingIds", news.getClosedFindingIdsList());
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", finding.getId());
        json.writeStringField("place", finding.getPlace());
        json.writeStringField("mechanism", finding.getMechanism());
        json.writeStringField("scope", finding.getScope());
        json.writeStringField("severity", finding.getSeverity());
        json.writeStringField("sentence", finding.getSentence());
        texts("targets", finding.getTargetIdsList());
        field("witnesses", finding.getWitnessesList(), this::witness);
        json.writeStringField("remedy", finding.getRemedy());
        time("openedAt", finding.hasOpenedAt(), finding.getOpenedAt());
        time("closedAt", finding.hasClosedAt(), finding.getClosedAt());
        json.writeNumberField("round", finding.getRound());
        time("reopenedAt", finding.hasReopenedAt(), finding.getReopenedAt());
        json.writeNumberField("timesReopened", finding.getTimesReopened());
        field("history", finding.getHistoryList(), this::change);
        json.writeNumberField("historyDropped", finding.getHistoryDropped());
        json.writeBooleanField("flapping", finding.getFlapping());
        json.writeStringField("excuse", finding.getExcuse());
        json.writeStringField("excuseSaid", finding.getExcuseSaid());
        json.writeEndObject();
    }

    private void change(FindingChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", change.getKind());
        json.writeNumberField("round", change.getRound());
        time("at", change.hasAt(), change.getAt());
        json.writeStringField("said", change.getSaid());
        json.writeEndObject();
    }

    private void witness(Witness witness) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment", witness.getSegment());
        json.writeStringField("agent", witness.getAgent());
        json.writeStringField("targetId", witness.getTargetId());
        json.writeStringField("transport", witness.getTransport());
        json.writeStringField("local", witness.getLocal());
        json.writeStringField("remote", witness.getRemote());
        time("at", witness.hasAt(), witness.getAt());
        json.writeStringField("saw", witness.getSaw());
        json.writeEndObject();
    }

    private void explanation(ExplainTargetResponse response) throws IOException {
        json.writeStartObject();
        json.writeFieldName("cell");
        cell(response.getCell());
        texts("timeline", response.getTimelineList());
        texts("contrast", response.getContrastList());
        field("rules", response.getRulesList(), this::rule);
        field("sources", response.getSourcesList(), this::source);
        field("findings", response.getFindingsList(), this::finding);
        if (response.hasPool()) {
            json.writeFieldName("pool");
            pool(response.getPool());
        }
        if (response.getHistoryCount() > 0) {
            field("history", response.getHistoryList(), this::cellChange);
            json.writeBooleanField("historyCut", response.getHistoryCut());
        }
        json.writeEndObject();
    }

    private void cellChange(CellChange change) throws IOException {
        json.writeStartObject();
        time("at", change.hasAt(), change.getAt());
        json.writeStringField("state", change.getState());
        json.writeStringField("because", change.getBecause());
        json.writeEndObject();
    }

    private void comparison(CompareSegmentsResponse response) throws IOException {
        json.writeStartObject();
        json.writeStringField("a", response.getA());
        json.writeStringField("b", response.getB());
        field("differences", response.getDifferencesList(), this::difference);
        field("causes", response.getCausesList(), this::cause);
        json.writeNumberField("compared", response.getCompared());
        field("incomparable", response.getIncomparableList(), this::incomparable);
        json.writeEndObject();
    }

    private void difference(Difference difference) throws IOException {
        json.writeStartObject();
        json.writeStringField("targetId", difference.getTargetId());
        json.writeStringField("service", difference.getService());
        json.writeStringField("aspect", difference.getAspect());
        json.writeStringField("a", difference.getA());
        json.writeStringField("b", difference.getB());
        json.writeStringField("aBecause", difference.getABecause());
        json.writeStringField("bBecause", difference.getBBecause());
        texts("findingIds", difference.getFindingIdsList());
        json.writeEndObject();
    }

    private void cause(DifferingCause cause) throws IOException {
        json.writeStartObject();
        json.writeStringField("findingId", cause.getFindingId());
        json.writeStringField("place", cause.getPlace());
        json.writeStringField("mechanism", cause.getMechanism());
        json.writeStringField("scope", cause.getScope());
        json.writeStringField("side", cause.getSide());
        texts("targetIds", cause.getTargetIdsList());
        json.writeStringField("sentence", cause.getSentence());
        json.writeEndObject();
    }

    private void incomparable(Incomparable incomparable) throws IOException {
        json.writeStartObject();
        json.writeStringField("targetId", incomparable.getTargetId());
        json.writeStringField("because", incomparable.getBecause());
        json.writeEndObject();
    }

    private void remedy(GetRemedyResponse response) throws IOException {
        json.writeStartObject();
        json.writeFieldName("finding");
        finding(response.getFinding());
        field("configurations", response.getConfigurationsList(), this::configuration);
        json.writeEndObject();
    }

    private void configuration(Configuration configuration) throws IOException {
        json.writeStartObject();
        json.writeStringField("dialect", configuration.getDialect());
        json.writeStringField("title", configuration.getTitle());
        texts("lines", configuration.getLinesList());
        json.writeEndObject();
    }

    private void pool(PoolCoverage pool) throws IOException {
        json.writeStartObject();
        json.writeStringField("targetId", pool.getTargetId());
        json.writeNumberField("windowSeconds", pool.getWindowSeconds());
        json.writeNumberField("names", pool.getNames());
        texts("namesProved", pool.getNamesProvedList());
        texts("addresses", pool.getAddressesList());
        texts("addressesConnected", pool.getAddressesConnectedList());
        texts("addressesProved", pool.getAddressesProvedList());
        json.writeEndObject();
    }

    private void rule(RuleTrace rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", rule.getRule());
        json.writeBooleanField("won", rule.getWon());
        json.writeStringField("because", rule.getBecause());
        json.writeEndObject();
    }

    private void source(SourceRow source) throws IOException {
        json.writeStartObject();
        json.writeStringField("edition", source.getEdition());
        json.writeStringField("text", source.getText());
        json.writeStringField("source", source.getSource());
        json.writeEndObject();
    }

    private void report(ReportHeader header, Path file, Optional<Path> signature) throws IOException {
        json.writeStartObject();
        json.writeStringField("verdict", header.getVerdict());
        json.writeStringField("file", file.toString());
        json.writeStringField("mediaType", header.getMediaType());
        json.writeNumberField("sizeBytes", header.getSizeBytes());
        json.writeStringField(
                "sha256", HexFormat.of().formatHex(header.getSha256().toByteArray()));
        json.writeStringField("signature", signature.map(Path::toString).orElse(""));
        json.writeEndObject();
    }

    private void status(String segment, String service, NagiosStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment", segment);
        json.writeStringField("service", service);
        json.writeStringField("status", status.word());
        json.writeNumberField("exitCode", status.code());
        json.writeStringField("line", status.line());
        json.writeEndObject();
    }

    private void verdict(VerifyVerdict verdict) throws IOException {
        json.writeStartObject();
        json.writeNumberField("round", verdict.getRound());
        json.writeNumberField("elapsedMillis", verdict.getElapsedMillis());
        field("findings", verdict.getFindingsList(), this::finding);
        field("segments", verdict.getSegmentsList(), this::segment);
        json.writeEndObject();
    }
}
