package dev.plumbline.wire;

import dev.plumbline.v1.Skip;
import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.HashMap;
import java.util.Map;

/** What ends a round for an agent. */
public final class SummaryCodec {
    private SummaryCodec() {}

    public static dev.plumbline.v1.RoundSummary encode(RoundSummary summary) {
        dev.plumbline.v1.RoundSummary.Builder message = dev.plumbline.v1.RoundSummary.newBuilder()
                .setRound(summary.round())
                .setPlanHash(summary.planHash())
                .setStartedAt(Fields.timestamp(summary.startedAt()))
                .setEndedAt(Fields.timestamp(summary.endedAt()))
                .setEnvironment(environment(summary.environment()))
                .setDemandId(summary.demand());
        summary.probed().forEach(t -> message.addProbedTargetIds(t.value()));
        summary.skipped().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> message.addSkipped(
                        Skip.newBuilder().setTargetId(e.getKey().value()).setReason(reason(e.getValue()))));
        return message.build();
    }

    /**
     * @throws WireException naming the field that is wrong
     */
    public static RoundSummary decode(dev.plumbline.v1.RoundSummary message) throws WireException {
        return new RoundSummary(
                message.getRound(),
                message.getPlanHash(),
                Fields.instant(message.hasStartedAt(), message.getStartedAt(), "started_at"),
                Fields.instant(message.hasEndedAt(), message.getEndedAt(), "ended_at"),
                Fields.each(message.getProbedTargetIdsList(), "probed_target_ids", t -> Fields.targetId(t, "id")),
                skipped(message),
                Fields.required(
                        message.hasEnvironment(), message.getEnvironment(), "environment", SummaryCodec::environment),
                message.getDemandId());
    }

    private static Map<TargetId, SkipReason> skipped(dev.plumbline.v1.RoundSummary message) throws WireException {
        Map<TargetId, SkipReason> skipped = new HashMap<>();
        Fields.each(
                message.getSkippedList(),
                "skipped",
                skip -> skipped.put(Fields.targetId(skip.getTargetId(), "target_id"), reason(skip.getReason()))
                        == null);
        return skipped;
    }

    private static dev.plumbline.v1.SkipReason reason(SkipReason reason) {
        return switch (reason) {
            case TOO_SOON -> dev.plumbline.v1.SkipReason.SKIP_REASON_TOO_SOON;
            case NO_PROBE -> dev.plumbline.v1.SkipReason.SKIP_REASON_NO_PROBE;
            case NOT_ALLOWED -> dev.plumbline.v1.SkipReason.SKIP_REASON_NOT_ALLOWED;
            case NO_NETWORK -> dev.plumbline.v1.SkipReason.SKIP_REASON_NO_NETWORK;
            case UNKNOWN -> dev.plumbline.v1.SkipReason.SKIP_REASON_UNSPECIFIED;
        };
    }

    private static SkipReason reason(dev.plumbline.v1.SkipReason reason) {
        return switch (reason) {
            case SKIP_REASON_TOO_SOON -> SkipReason.TOO_SOON;
            case SKIP_REASON_NO_PROBE -> SkipReason.NO_PROBE;
            case SKIP_REASON_NOT_ALLOWED -> SkipReason.NOT_ALLOWED;
            case SKIP_REASON_NO_NETWORK -> SkipReason.NO_NETWORK;
            case SKIP_REASON_UNSPECIFIED, UNRECOGNIZED -> SkipReason.UNKNOWN;
        };
    }

    private static dev.plumbline.v1.Environment environment(Environment environment) {
        return dev.plumbline.v1.Environment.newBuilder()
                .setAgentVersion(environment.agentVersion())
                .setPlatform(environment.platform())
                .setTlsEngine(environment.tlsEngine())
                .addAllSourceAddresses(environment.sourceAddresses())
                .addAllResolvers(environment.resolvers())
                .setFit(environment.isFit())
                .setUnfitReason(environment.unfitReason())
                .build();
    }

    private static Environment environment(dev.plumbline.v1.Environment message) throws WireException {
        if (message.getFit() != message.getUnfitReason().isEmpty()) {
            throw new WireException("unfit_reason", "a host that is not fit gives the reason, and only that");
        }
        return new Environment(
                message.getAgentVersion(),
                message.getPlatform(),
                message.getTlsEngine(),
                message.getSourceAddressesList(),
                message.getResolversList(),
                message.getUnfitReason());
    }
}
