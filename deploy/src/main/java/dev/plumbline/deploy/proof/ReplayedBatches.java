package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What was sent before is sent again: by the agent, by another one, with other content, and as bytes heard on the line. */
final class ReplayedBatches implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "replayed";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        int times = ground.size().of(100, 30);
        UUID incarnation = UUID.randomUUID();
        Batch first = batch(incarnation, 1);
        Batch forged = batch(incarnation, 2);
        house.whileHonestIsServed(account, () -> {
            try (Line line = new Line(ground, house.site(), "replayed")) {
                for (int i = 0; i < times; i++) {
                    account.require(
                            line.say(incarnation, first).isOk(), "a batch that was sent again was not acknowledged");
                }
                account.require(
                        line.say(incarnation, forged).isOk(), "a batch of a known sequence was not acknowledged");
                Status backwards =
                        line.say(incarnation, first.toBuilder().setSequence(5).build(), first);
                account.require(
                        backwards.getCode() == Status.Code.INVALID_ARGUMENT,
                        "a sequence that descends within a stream ended with " + backwards);
                Status strange = line.say(UUID.randomUUID(), first);
                account.require(
                        strange.getCode() == Status.Code.INVALID_ARGUMENT,
                        "a batch of another incarnation than the hello's ended with " + strange);
            }
            try (Line other = new Line(ground, house.site(), "replayer")) {
                account.require(other.say(incarnation, first).isOk(), "another agent's own batch was refused");
            }
            account.require(
                    !isHeardAgain(ground, house.site()), "bytes that were heard on the line were answered with data");
        });
        JournalCheck journal = house.journal();
        journal.requireOrder(account);
        String identity = house.site().agent("wifi", "replayed").identity().toString();
        Integer sum = journal.of(identity, incarnation).get(1L);
        account.require(
                sum != null && sum == BareAgent.sum(first.toByteArray()),
                "the first batch of its sequence is not the one in the journal");
        account.require(
                journal.records(identity) == 2, "the journal has " + journal.records(identity) + " records, not 2");
        String replayer = house.site().agent("wifi", "replayer").identity().toString();
        account.require(journal.records(replayer) == 1, "what another agent sent is not its own in the journal");
        account.sent(
                "one batch " + times + " times; its sequence with other content, and descending; the same by another"
                        + " agent; a whole connection as it was heard on the line");
        account.happened("each repetition was acknowledged and is one record, the first; another agent's copy counts as"
                + " that agent's; what was heard on the line opened nothing");
        return account.outcome();
    }

    private static Batch batch(UUID incarnation, long number) {
        return Facts.batch(number, 1)
                .setIncarnation(Fields.uuid(incarnation))
                .setSequence(1)
                .build();
    }

    /** Records what an honest connection sends and sends it once more. */
    private static boolean isHeardAgain(Ground ground, Site site) throws Trouble, InterruptedException {
        byte[] heard;
        try (Relay relay = Relay.open(site.port());
                BareAgent agent = new BareAgent(
                                ground.channels(), relay.port(), site.agent("wifi", "overheard"), Loopback.home())
                        .once()) {
            agent.connect();
            agent.offer(Facts.batch(1, 1));
            agent.awaitAcked(PATIENCE);
            heard = relay.sent();
        } catch (IOException e) {
            throw new Trouble("a line could not be closed", e);
        }
        try (Socket socket = Tls.plain(site.port(), Loopback.of(9), (int) PATIENCE.toMillis())) {
            socket.getOutputStream().write(heard);
            // A server hello and an alert are all that TLS has for it: handshake records, then the end.
            byte[] answer = socket.getInputStream().readAllBytes();
            return answer.length > 8_192;
        } catch (IOException ended) {
            return false;
        }
    }

    /** Calls of one agent, each a stream of its own. */
    private static final class Line implements AutoCloseable {
        private final ManagedChannel channel;

        Line(Ground ground, Site site, String name) {
            channel = ground.channels().open(site.port(), site.agent("wifi", name), Loopback.of(10));
        }

        Status say(UUID incarnation, Batch... batches) throws Trouble, InterruptedException {
            RawCall call = RawCall.begin(channel)
                    .send(ConnectRequest.newBuilder()
                            .setHello(Hello.newBuilder()
                                    .setIncarnation(Fields.uuid(incarnation))
                                    .setAgentVersion("proof")
                                    .setAgentTime(Fields.timestamp(Instant.now())))
                            .build()
                            .toByteArray());
            for (Batch batch : batches) {
                call.send(ConnectRequest.newBuilder().setBatch(batch).build().toByteArray());
            }
            return call.finish().awaitEnd(PATIENCE);
        }

        @Override
        public void close() {
            Channels.cut(channel);
        }
    }
}
