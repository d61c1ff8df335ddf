package dev.plumbline.collector.web;

import dev.plumbline.v1.Configuration;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetFindingRequest;
import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.GetSegmentRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.Requirement;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;

/** {@code /findings/ID}: one cause, what it means, who saw it and what mends it. Links in alerts lead here. */
final class FindingPage implements Page {
    @Override
    public Shown of(Visit visit) {
        String id = visit.variable("finding");
        GetFindingRequest.Builder asked = GetFindingRequest.newBuilder().setFindingId(id);
        Lists.at(visit).ifPresent(asked::setAt);
        Finding finding = visit.ask(QueryServiceGrpc.getGetFindingMethod(), asked.build());
        return new Shown(
                finding.getPlace() + ": " + finding.getMechanism(),
                "/findings",
                "finding",
                true,
                Map.of(
                        "finding",
                        finding,
                        "configurations",
                        configurations(visit, id),
                        "requirements",
                        requirements(visit, finding),
                        "self",
                        visit.path()));
    }

    /** Some mechanisms have none to write. */
    private static List<Configuration> configurations(Visit visit, String id) {
        try {
            GetRemedyRequest.Builder asked = GetRemedyRequest.newBuilder().setFindingId(id);
            Lists.at(visit).ifPresent(asked::setAt);
            return visit.ask(QueryServiceGrpc.getGetRemedyMethod(), asked.build())
                    .getConfigurationsList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Rules that are not met where it lies; nothing where that is no segment, or none that is declared any more. */
    private static List<Requirement> requirements(Visit visit, Finding finding) {
        GetSegmentRequest.Builder asked = GetSegmentRequest.newBuilder().setSegment(finding.getPlace());
        Lists.at(visit).ifPresent(asked::setAt);
        try {
            return visit.ask(QueryServiceGrpc.getGetSegmentMethod(), asked.build()).getRequirementsList().stream()
                    .filter(r -> Answer.of(r.getVerdict()) == Answer.BROKEN)
                    .toList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
