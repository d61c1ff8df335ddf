package dev.plumbline.collector.access;

import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.AlertsGrpc;
import dev.plumbline.v1.ApprovalGrpc;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.ReportServiceGrpc;
import dev.plumbline.v1.SegmentAdministrationGrpc;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Map.Entry;

/**
 * For every rpc of the collector, whom it is for; one that is missing here is for nobody. What is for viewers keeps to the
 * segments of the asker's {@link Purview}; whoever sees some segments alone is a viewer, and reaches nothing of the rest.
 */
public final class Permissions {
    private static final Map<String, Audience> TABLE = Map.ofEntries(
            row(EnrolmentGrpc.getEnrolAgentMethod(), Audience.STRANGER),
            row(AgentGatewayGrpc.getConnectMethod(), Audience.AGENT),
            row(CertificateRenewalGrpc.getRenewCertificateMethod(), Audience.AGENT),
            row(QueryServiceGrpc.getListSegmentsMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getGetSegmentMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getGetMatrixMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getListFindingsMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getGetFindingMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getExplainTargetMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getGetRemedyMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getCompareSegmentsMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getWatchMethod(), Audience.VIEWER),
            row(QueryServiceGrpc.getVerifyNowMethod(), Audience.OPERATOR),
            row(ReportServiceGrpc.getGenerateReportMethod(), Audience.AUDITOR),
            row(AlertsGrpc.getListAlertsMethod(), Audience.OPERATOR),
            row(AlertsGrpc.getTestReceiversMethod(), Audience.OPERATOR),
            row(AdministrationGrpc.getListAgentsMethod(), Audience.AUDITOR),
            row(AdministrationGrpc.getListInvitationsMethod(), Audience.AUDITOR),
            row(AdministrationGrpc.getListAuditEntriesMethod(), Audience.AUDITOR),
            row(AdministrationGrpc.getCreateInvitationMethod(), Audience.OPERATOR),
            row(AdministrationGrpc.getRevokeInvitationMethod(), Audience.OPERATOR),
            row(AdministrationGrpc.getRevokeAgentMethod(), Audience.OPERATOR),
            row(ApprovalGrpc.getListPendingAgentsMethod(), Audience.AUDITOR),
            row(ApprovalGrpc.getApproveAgentMethod(), Audience.OPERATOR),
            row(ApprovalGrpc.getDenyAgentMethod(), Audience.OPERATOR),
            row(SegmentAdministrationGrpc.getCreateSegmentMethod(), Audience.ADMINISTRATOR),
            row(SegmentAdministrationGrpc.getUpdateSegmentMethod(), Audience.ADMINISTRATOR),
            row(SegmentAdministrationGrpc.getDeleteSegmentMethod(), Audience.ADMINISTRATOR),
            row(AccessTokensGrpc.getCreateAccessTokenMethod(), Audience.ADMINISTRATOR),
            row(AccessTokensGrpc.getListAccessTokensMethod(), Audience.ADMINISTRATOR),
            row(AccessTokensGrpc.getRevokeAccessTokenMethod(), Audience.ADMINISTRATOR));

    private Permissions() {}

    private static Entry<String, Audience> row(MethodDescriptor<?, ?> method, Audience audience) {
        return Map.entry(method.getFullMethodName(), audience);
    }

    /** @param method {@code package.Service/Method} */
    public static Audience of(String method) {
        return TABLE.getOrDefault(method, Audience.NOBODY);
    }
}
