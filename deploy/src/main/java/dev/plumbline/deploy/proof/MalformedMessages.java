package dev.plumbline.deploy.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.Fields;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Messages that are none, of a peer with a right certificate: wrong bytes in gRPC, and wrong frames below it. */
final class MalformedMessages implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SEED = 5;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Random random = new Random(SEED);
    private final Map<Status.Code, Integer> ends = new EnumMap<>(Status.Code.class);

    @Override
    public String id() {
        return "malformed";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        int messages = ground.size().of(3_000, 500);
        house.whileHonestIsServed(account, () -> {
            ManagedChannel channel = ground.channels()
                    .open(house.site().port(), house.site().agent("wifi", "malformed"), Loopback.of(8));
            try {
                for (int i = 0; i < messages; i++) {
                    call(channel, i % 2 == 0, account);
                }
            } finally {
                Channels.cut(channel);
            }
            frames(house.site(), account);
        });
        account.require(
                ends.getOrDefault(Status.Code.INVALID_ARGUMENT, 0) > 0, "no message was refused as wrong: " + ends);
        account.sent(messages + " calls with messages that were changed at random, and HTTP/2 of five wrong kinds");
        account.happened("the calls ended " + ends + ", the connections were ended");
        return account.outcome();
    }

    /** A hello that is right and a batch that is not, or a hello that is not. */
    private void call(ManagedChannel channel, boolean helloIsRight, Account account)
            throws Trouble, InterruptedException {
        UUID incarnation = new UUID(random.nextLong(), random.nextLong());
        byte[] hello = ConnectRequest.newBuilder()
                .setHello(Hello.newBuilder()
                        .setIncarnation(Fields.uuid(incarnation))
                        .setAgentVersion("proof")
                        .setAgentTime(Fields.timestamp(Instant.now())))
                .build()
                .toByteArray();
        byte[] batch = ConnectRequest.newBuilder()
                .setBatch(Facts.batch(1, 2)
                        .setIncarnation(Fields.uuid(incarnation))
                        .setSequence(1)
                        .addSummaries(Facts.summary(Facts.round(Instant.now()), Instant.now())))
                .build()
                .toByteArray();
        byte[] first = helloIsRight ? hello : changed(hello);
        byte[] second = changed(batch);
        Status end = RawCall.begin(channel).send(first).send(second).finish().awaitEnd(PATIENCE);
        ends.merge(end.getCode(), 1, Integer::sum);
        // What is no message at all ends in gRPC, which says UNKNOWN; what is one, and wrong, is ours to refuse.
        account.require(
                end.getCode() != Status.Code.UNKNOWN || !isMessage(first) || !isMessage(second),
                "messages that can be read ended their call as a defect does: " + end);
    }

    private static boolean isMessage(byte[] bytes) {
        try {
            return ConnectRequest.parseFrom(bytes).getSerializedSize() >= 0;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private byte[] changed(byte[] right) {
        byte[] wrong = right.clone();
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(wrong, random.nextInt(wrong.length)) : wrong;
    }

    private void frames(Site site, Account account) throws Trouble {
        byte[] noise = new byte[20_000];
        random.nextBytes(noise);
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        Tls member = Tls.with(site.agent("wifi", "malformed"));
        for (byte[] wrong : List.of(
                noise,
                // A frame of sixteen megabytes, a window beyond all numbers, data of no call, a promise, which no
                // client makes.
                join(PREFACE, settings, new byte[] {-1, -1, -1, 0, 0, 0, 0, 0, 1}, noise),
                join(PREFACE, settings, new byte[] {0, 0, 4, 8, 0, 0, 0, 0, 0, 127, -1, -1, -1}),
                join(PREFACE, settings, new byte[] {0, 0, 1, 0, 0, 0, 0, 0, 1, 0}),
                join(PREFACE, settings, new byte[] {0, 0, 4, 5, 4, 0, 0, 0, 1, 0, 0, 0, 2}))) {
            account.require(isEnded(site, member, wrong), "a connection with wrong frames was not ended");
        }
    }

    private static boolean isEnded(Site site, Tls member, byte[] wrong) throws Trouble {
        try (Socket plain = Tls.plain(site.port(), Loopback.of(8), (int) PATIENCE.toMillis());
                Socket socket = member.shaken(plain)) {
            OutputStream out = socket.getOutputStream();
            out.write(wrong);
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] heard = new byte[1 << 12];
            int read = in.read(heard);
            while (read >= 0) {
                read = in.read(heard);
            }
            return true;
        } catch (SocketTimeoutException stands) {
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
