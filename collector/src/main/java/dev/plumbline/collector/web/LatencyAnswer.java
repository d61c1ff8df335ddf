package dev.plumbline.collector.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.plumbline.collector.query.Facts;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Latencies of a day as JSON, for the pictures: of one target by agent, or of a segment by service. */
final class LatencyAnswer {
    private static final Duration SPAN = Duration.ofDays(1);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Facts facts;

    LatencyAnswer(Facts facts) {
        this.facts = facts;
    }

    HttpResponse ofTarget(Visit visit) {
        String segment = visit.variable("segment");
        String target = visit.variable("target");
        ExplainTargetRequest.Builder asked =
                ExplainTargetRequest.newBuilder().setSegment(segment).setTargetId(target);
        Lists.at(visit).ifPresent(asked::setAt);
        // Refused to whoever may not be told.
        visit.ask(QueryServiceGrpc.getExplainTargetMethod(), asked.build());
        return json(Curves.byName(latencies(visit, segment, target), Facts.Latency::agent));
    }

    HttpResponse ofSegment(Visit visit) {
        String segment = visit.variable("segment");
        GetSegmentRequest.Builder asked = GetSegmentRequest.newBuilder().setSegment(segment);
        Lists.at(visit).ifPresent(asked::setAt);
        visit.ask(QueryServiceGrpc.getGetSegmentMethod(), asked.build());
        Map<String, String> services = new HashMap<>();
        for (Cell cell : Lists.cells(visit, segment)) {
            services.put(cell.getTargetId(), Grid.service(cell));
        }
        return json(Curves.byName(
                latencies(visit, segment, "").stream()
                        .filter(l -> services.containsKey(l.target()))
                        .toList(),
                l -> services.getOrDefault(l.target(), "")));
    }

    private List<Facts.Latency> latencies(Visit visit, String segment, String target) {
        Instant to = visit.at().orElse(visit.now());
        return facts.latencies(segment, target, to.minus(SPAN), to);
    }

    private static HttpResponse json(Curves curves) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode times = root.putArray("times");
        curves.seconds().forEach(times::add);
        ArrayNode series = root.putArray("series");
        curves.curves().forEach(curve -> {
            ObjectNode one = series.addObject().put("name", curve.name());
            ArrayNode millis = one.putArray("millis");
            curve.millis().forEach(m -> {
                if (m.isPresent()) {
                    millis.add(m.getAsDouble());
                } else {
                    millis.addNull();
                }
            });
        });
        try {
            return HttpResponse.of(
                    PageHeaders.of(HttpStatus.OK, MediaType.JSON_UTF_8).build(),
                    HttpData.wrap(MAPPER.writeValueAsBytes(root)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }
}
