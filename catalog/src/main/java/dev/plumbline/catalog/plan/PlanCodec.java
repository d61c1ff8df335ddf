package dev.plumbline.catalog.plan;

import dev.plumbline.catalog.Target;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between plans and messages, and the hash that names a plan. */
public final class PlanCodec {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private PlanCodec() {}

    /** The same plan named by the SHA-256 of its message with an empty hash, whatever hash it had. */
    public static Plan seal(Plan plan) {
        return named(plan, hashOf(message(plan).build()));
    }

    /** True when the plan's hash is that of its content. */
    public static boolean isSealed(Plan plan) {
        return plan.hash().equals(hashOf(message(plan).build()));
    }

    public static dev.plumbline.v1.Plan encode(Plan plan) {
        return message(plan).setHash(plan.hash()).build();
    }

    /**
     * Reads a sealed plan. Targets that cannot be read are kept apart in {@link Plan#unread()}.
     *
     * @throws WireException naming the field that is wrong; also when the hash is not that of the content, which is taken
     *     from the message as received, with fields that this version does not know
     */
    public static Plan decode(dev.plumbline.v1.Plan message) throws WireException {
        String hash = hashOf(message.toBuilder().clearHash().build());
        if (!hash.equals(message.getHash())) {
            throw new WireException("hash", "the content of plan '" + message.getHash() + "' has the hash " + hash);
        }
        List<Target> targets = new ArrayList<>();
        Map<TargetId, String> unread = new LinkedHashMap<>();
        for (dev.plumbline.v1.Target target : message.getTargetsList()) {
            // What a newer collector asks for in words unknown here must not keep the agent from the rest.
            try {
                targets.add(TargetCodec.decode(target));
            } catch (WireException e) {
                unread.put(
                        Fields.targetId(target.getId(), "targets[" + (targets.size() + unread.size()) + "].id"),
                        e.getMessage());
            }
        }
        return new Plan(
                message.getHash(),
                message.getSiteId(),
                segment(message.getSegmentId()),
                targets,
                unread,
                settings(message));
    }

    private static Plan.Settings settings(dev.plumbline.v1.Plan message) throws WireException {
        try {
            return new Plan.Settings(
                    TargetCodec.millis(message.getRoundMillis(), LONGEST, "round_millis"),
                    TargetCodec.millis(message.getStageTimeoutMillis(), LONGEST, "stage_timeout_millis"),
                    Fields.count(message.getConfirmations(), "confirmations"),
                    Fields.count(message.getConnectionsPerSecond(), "connections_per_second"));
        } catch (IllegalArgumentException e) {
            throw Fields.problem("plan", e);
        }
    }

    private static dev.plumbline.v1.Plan.Builder message(Plan plan) {
        if (!plan.unread().isEmpty()) {
            throw new IllegalStateException("plan " + plan.hash() + " was read without "
                    + plan.unread().keySet() + " and cannot be written whole");
        }
        Plan.Settings settings = plan.settings();
        dev.plumbline.v1.Plan.Builder message = dev.plumbline.v1.Plan.newBuilder()
                .setSiteId(plan.site())
                .setSegmentId(plan.segment().value())
                .setRoundMillis(settings.round().toMillis())
                .setStageTimeoutMillis(settings.stageTimeout().toMillis())
                .setConfirmations(settings.confirmations())
                .setConnectionsPerSecond(settings.connectionsPerSecond());
        plan.targets().forEach(t -> message.addTargets(TargetCodec.encode(t)));
        return message;
    }

    private static Plan named(Plan plan, String hash) {
        return new Plan(hash, plan.site(), plan.segment(), plan.targets(), plan.unread(), plan.settings());
    }

    private static String hashOf(dev.plumbline.v1.Plan unnamed) {
        // Plans have no map fields, so the bytes are a function of the content.
        return Sha256.of(unnamed.toByteArray()).hex();
    }

    private static SegmentId segment(String text) throws WireException {
        try {
            return new SegmentId(text);
        } catch (IllegalArgumentException e) {
            throw Fields.problem("segment_id", e);
        }
    }
}
