package dev.plumbline.deploy.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.plumbline.v1.Batch;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.Hello;
import dev.plumbline.v1.Observation;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.wire.WireException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/** SQL, lines of a log and orders for a terminal, in every text that an agent can send, one after the other. */
final class Injection implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  Forged: the gate was opened";
    private static final List<String> TEXTS = List.of(
            "x'); DROP TABLE record; DROP TABLE cell; DELETE FROM agent; --\"",
            "x\n" + FORGED + "\r\n" + FORGED + "\u0085" + FORGED + "\u2028" + FORGED,
            "x\u001b[2J\u001b[31m\u001b]0;owned\u0007\u009b2J\u0000\b\u202e\u007f");

    /** What a person may type, and what programs read. */
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("segments"),
            List.of("matrix"),
            List.of("findings", "--all", "--history"),
            List.of("explain", "wifi", "courier:5223"),
            List.of("agents"),
            List.of("invites", "--all"),
            List.of("audit", "--last", "200"),
            List.of("findings", "--all", "--json"),
            List.of("explain", "wifi", "courier:5223", "--json"));

    @Override
    public String id() {
        return "injection";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        List<String> tables = house.tables();
        int logBefore = house.site().log().length();
        Map<Status.Code, Integer> ends = new EnumMap<>(Status.Code.class);
        Batch whole = whole();
        int texts = EveryField.texts(whole);
        house.whileHonestIsServed(account, () -> {
            ManagedChannel channel = ground.channels()
                    .open(house.site().port(), house.site().agent("wifi", "injector"), Loopback.of(15));
            try {
                for (int at = 0; at < texts; at++) {
                    for (String text : TEXTS) {
                        ends.merge(
                                say(channel, "proof", "", (Batch) EveryField.replaced(whole, at, text)),
                                1,
                                Integer::sum);
                    }
                }
                for (String text : TEXTS) {
                    ends.merge(say(channel, text, "", whole), 1, Integer::sum);
                    ends.merge(say(channel, "proof", text, whole), 1, Integer::sum);
                    ends.merge(say(channel, "proof", "", unfit(whole, text)), 1, Integer::sum);
                }
            } finally {
                Channels.cut(channel);
            }
            new StrangeNames(ground, house).send(TEXTS, account);
            // Its round is closed and judged by then.
            Thread.sleep(Site.ROUND.plusSeconds(2).toMillis());
            for (List<String> question : QUESTIONS) {
                ask(house.site(), question, account);
            }
        });
        account.require(
                ends.getOrDefault(Status.Code.OK, 0) > 0 && !ends.containsKey(Status.Code.UNKNOWN),
                "the calls ended " + ends + ", where a defect shows as UNKNOWN");
        house.requireTables(tables, account);
        String said = house.site().log().substring(logBefore);
        List<String> forged = House.forged(said);
        account.require(
                forged.isEmpty(),
                forged.size() + " lines of the log are not the program's own, such as " + shown(forged));
        account.require(
                control(said).isEmpty(),
                "the log holds the control character " + control(said).orElse(0));
        account.sent("SQL, forged lines and orders for a terminal in each of " + (texts + 3)
                + " texts of a hello and a batch, and in the name and subject of a host that joins");
        account.happened(
                "the calls ended " + ends + "; tables and checks of the three databases are as before, the log has no"
                        + " line of a stranger's making, and what " + QUESTIONS.size()
                        + " commands print has no control character");
        return account.outcome();
    }

    /** A batch with something in every field, which is taken as it is. */
    private static Batch whole() throws Trouble {
        Instant now = Instant.now();
        EveryField fields = new EveryField(now, Facts.round(now));
        Observation observation = fields.fill(Observation.newBuilder()).build();
        Observation.Builder direct = observation.toBuilder();
        direct.getAttemptsBuilder(0).clearProxy();
        Batch whole = fields.fill(Batch.newBuilder()
                        .setIncarnation(Fields.uuid(UUID.randomUUID()))
                        .addObservations(observation)
                        .addObservations(direct)
                        .addObservations(Facts.observation("courier:443", Facts.round(now), now, 1))
                        .addEvidence(BatchCodec.encode(
                                dev.plumbline.words.Evidence.body("proof".getBytes(StandardCharsets.UTF_8)))))
                .build();
        try {
            BatchCodec.decode(whole);
            return whole;
        } catch (WireException e) {
            throw new Trouble("a batch with something in every field is refused", e);
        }
    }

    private static Batch unfit(Batch whole, String text) {
        Batch.Builder batch = whole.toBuilder();
        batch.getSummariesBuilder(0).getEnvironmentBuilder().setFit(false).setUnfitReason(text);
        return batch.build();
    }

    /** One stream, as a new installation, so that no batch is a repetition. */
    private static Status.Code say(ManagedChannel channel, String version, String planHash, Message content)
            throws Trouble, InterruptedException {
        UUID incarnation = UUID.randomUUID();
        try {
            Batch batch = Batch.parseFrom(content.toByteString()).toBuilder()
                    .setIncarnation(Fields.uuid(incarnation))
                    .build();
            return RawCall.begin(channel)
                    .send(ConnectRequest.newBuilder()
                            .setHello(Hello.newBuilder()
                                    .setIncarnation(Fields.uuid(incarnation))
                                    .setAgentVersion(version)
                                    .setPlanHash(planHash)
                                    .setAgentTime(Fields.timestamp(Instant.now())))
                            .build()
                            .toByteArray())
                    .send(ConnectRequest.newBuilder().setBatch(batch).build().toByteArray())
                    .finish()
                    .awaitEnd(PATIENCE)
                    .getCode();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message is read as it was written", e);
        }
    }

    private static void ask(Site site, List<String> question, Account account) throws Trouble, InterruptedException {
        Programs.Ran asked = site.plumbline(question.toArray(String[]::new));
        String command = "plumbline " + String.join(" ", question);
        account.require(asked.exitCode() == 0, command + " ended with " + asked.exitCode() + ": " + asked.err());
        OptionalInt control = control(asked.out());
        account.require(
                control.isEmpty(),
                command + " printed the control character " + Integer.toHexString(control.orElse(0)));
        account.require(
                asked.out().lines().noneMatch(line -> line.startsWith(FORGED)),
                command + " printed a line of a stranger's making");
        if (question.contains("--json")) {
            try {
                new ObjectMapper().readTree(asked.out());
            } catch (JsonProcessingException e) {
                account.require(false, command + " printed no JSON: " + e.getOriginalMessage());
            }
        }
    }

    /** The first character that a terminal would obey instead of showing it, but for ends of lines and tabulators. */
    private static OptionalInt control(String text) {
        return text.codePoints()
                .filter(c -> c != '\n'
                        && c != '\t'
                        && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT))
                .findFirst();
    }

    private static String shown(List<String> lines) {
        List<String> some = new ArrayList<>(lines.subList(0, Math.min(1, lines.size())));
        return some.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
