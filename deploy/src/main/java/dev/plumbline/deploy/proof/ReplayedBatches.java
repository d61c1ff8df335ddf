package dev.plumbline.deploy.proof;

import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What was sent before is sent again: by the agent, by another one, with other content, and as bytes heard on the line. */
final class ReplayedBatches implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OVERHEARD = "overheard";

    /** The first byte of a TLS record that holds a part of the handshake (RFC 8446 section 5.1). */
    private static final int HANDSHAKE = 22;

    /** More than a client's hello: its certificate and a batch follow. */
    private static final int LEAST_HEARD = 1_000;

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
            hearAgain(ground, house.site(), account);
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
        String overheard = house.site().agent("wifi", OVERHEARD).identity().toString();
        account.require(
                journal.records(overheard) == 1,
                "the journal has " + journal.records(overheard) + " records of the agent that was overheard, not 1");
        account.sent(
                "one batch " + times + " times; its sequence with other content, and descending; the same by another"
                        + " agent; a whole connection as it was heard on the line");
        account.happened("each repetition was acknowledged and is one record, the first; another agent's copy counts as"
                + " that agent's; what was heard on the line was answered by a hello and ended, and opened no stream");
        return account.outcome();
    }

    private static Batch batch(UUID incarnation, long number) {
        return Facts.batch(number, 1)
                .setIncarnation(Fields.uuid(incarnation))
                .setSequence(1)
                .build();
    }

    /**
     * Records what an honest connection sends and sends it once more, from another address, while the honest one stands. If the
     * bytes opened anything, a second stream of that identity would be shown and told, as the row cloned shows it of a real one; and
     * the collector would wait for more, where one that cannot read what follows the hello ends the connection.
     */
    private static void hearAgain(Ground ground, Site site, Account account) throws Trouble, InterruptedException {
        try (Relay relay = Relay.open(site.port());
                BareAgent agent = new BareAgent(
                                ground.channels(), relay.port(), site.agent("wifi", OVERHEARD), Loopback.home())
                        .once()) {
            agent.connect();
            agent.offer(Facts.batch(1, 1));
            agent.awaitAcked(PATIENCE);
            byte[] heard = relay.sent();
            account.require(
                    heard.length > LEAST_HEARD && heard[0] == HANDSHAKE, "no TLS connection was heard on the line");
            try (Socket socket = Tls.plain(site.port(), Loopback.of(9), (int) PATIENCE.toMillis())) {
                requireEnd(socket, heard, account);
            }
            account.require(agent.ended().isEmpty(), "the honest agent's stream ended when its bytes were sent again");
            Programs.Ran agents = site.plumbline("agents").expecting(0, "plumbline agents");
            account.require(
                    agents.out().contains(OVERHEARD), "plumbline agents does not show the agent that was overheard");
            account.require(
                    !agents.out().contains(Loopback.of(9).getHostAddress()),
                    "what was heard on the line is shown as a stream: " + agents.words());
            String audit =
                    site.plumbline("audit").expecting(0, "plumbline audit").out();
            account.require(
                    audit.lines().noneMatch(line -> line.contains("SECOND_STREAM") && line.contains(OVERHEARD)),
                    "what was heard on the line counts as a second stream");
        } catch (IOException e) {
            throw new Trouble("a line could not be opened or closed", e);
        }
    }

    /** The collector answers the hello, for that is one, and ends the connection at what follows it. */
    private static void requireEnd(Socket socket, byte[] heard, Account account) throws IOException {
        int first = -1;
        try {
            socket.getOutputStream().write(heard);
            first = socket.getInputStream().read();
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            account.require(false, "the collector went on with a connection of bytes that were heard on the line");
        } catch (IOException reset) {
            // It may end it at once: that is an end, too.
        }
        account.require(first == HANDSHAKE, "the hello that was heard on the line was not answered");
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
