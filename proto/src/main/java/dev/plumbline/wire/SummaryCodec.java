package dev.plumbline.wire;

import dev.plumbline.words.Environment;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Skip;
import dev.plumbline.words.Surroundings;
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
                .forEach(e -> message.addSkipped(dev.plumbline.v1.Skip.newBuilder()
                        .setTargetId(e.getKey().value())
                        .setReasonValue(e.getValue().number())));
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

    private static Map<TargetId, Skip> skipped(dev.plumbline.v1.RoundSummary message) throws WireException {
        Map<TargetId, Skip> skipped = new HashMap<>();
        Fields.each(
                message.getSkippedList(),
                "skipped",
                skip -> skipped.put(
                                Fields.targetId(skip.getTargetId(), "target_id"), Skip.ofNumber(skip.getReasonValue()))
                        == null);
        return skipped;
    }

    private static dev.plumbline.v1.Environment environment(Environment environment) {
        dev.plumbline.v1.Environment.Builder message = dev.plumbline.v1.Environment.newBuilder()
                .setAgentVersion(environment.agentVersion())
                .setPlatform(environment.platform())
                .setTlsEngine(environment.tlsEngine())
                .addAllSourceAddresses(environment.sourceAddresses())
                .addAllResolvers(environment.resolvers())
                .setFit(environment.isFit())
                .setUnfitReason(environment.unfitReason())
                .addAllEchoes(
                        environment.echoes().stream().map(EchoCodec::encode).toList());
        if (!environment.surroundings().equals(Surroundings.UNSEEN)) {
            message.setSurroundings(SurroundingsCodec.encode(environment.surroundings()));
        }
        return message.build();
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
                message.getUnfitReason(),
                message.hasSurroundings()
                        ? Fields.required(true, message.getSurroundings(), "surroundings", SurroundingsCodec::decode)
                        : Surroundings.UNSEEN,
                Fields.each(message.getEchoesList(), "echoes", EchoCodec::decode));
    }
}
