package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.v1.Evidence;
import dev.plumbline.wire.BatchCodec;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Batches with more in them than an agent may send, each bound by itself. */
final class OversizedMessages implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "oversized";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Map<String, Batch.Builder> batches = batches();
        house.whileHonestIsServed(account, () -> {
            for (Map.Entry<String, Batch.Builder> batch : batches.entrySet()) {
                BareAgent agent = house.stranger("large");
                agent.connect();
                agent.offer(batch.getValue());
                Status end = agent.awaitEnd(PATIENCE);
                boolean refused = end.getCode() == Status.Code.INVALID_ARGUMENT
                        || end.getCode() == Status.Code.RESOURCE_EXHAUSTED
                        // The whole message is not even read: its stream is taken back.
                        || end.getCode() == Status.Code.CANCELLED;
                account.require(refused, batch.getKey() + " ended with " + end);
                account.require(agent.acked() == 0, batch.getKey() + " was acknowledged");
                agent.close();
            }
        });
        String identity = house.site().agent("wifi", "large").identity().toString();
        account.require(house.journal().records(identity) == 0, "something of it is in the journal");
        account.sent("batches of " + String.join(", ", batches.keySet()));
        account.happened("each was refused with its stream, and none is in the journal");
        return account.outcome();
    }

    private static Map<String, Batch.Builder> batches() {
        Map<String, Batch.Builder> batches = new LinkedHashMap<>();
        batches.put("5 MB", Facts.batch(1, 1).addEvidence(evidence(5_000_000)));
        batches.put("60 MB", Facts.batch(1, 1).addEvidence(evidence(60_000_000)));
        batches.put("one item of evidence of 65 kB", Facts.batch(1, 1).addEvidence(evidence(66_000)));
        batches.put("1,025 observations", Facts.batch(1, 1_025));
        Batch.Builder small = Facts.batch(1, 1);
        for (int i = 0; i < 1_025; i++) {
            small.addEvidence(
                    BatchCodec.encode(dev.plumbline.words.Evidence.body(new byte[] {(byte) i, (byte) (i >> 8)})));
        }
        batches.put("1,025 items of evidence", small);
        return batches;
    }

    private static Evidence evidence(int bytes) {
        return BatchCodec.encode(dev.plumbline.words.Evidence.body(new byte[bytes]));
    }
}
