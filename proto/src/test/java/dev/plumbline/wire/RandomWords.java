package dev.plumbline.wire;

import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Hold;
import dev.plumbline.words.HoldEnd;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Losses;
import dev.plumbline.words.Observation;
import dev.plumbline.words.QuicHandshake;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.ScriptEnd;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SmallSegments;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.TcpState;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.Transport;
import dev.plumbline.words.TtlRange;
import dev.plumbline.words.WhoAnswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Words made by a seed: the same seed gives the same words. */
final class RandomWords {
    private final Random random;

    RandomWords(long seed) {
        random = new Random(seed);
    }

    Batch batch() {
        return new Batch(
                new UUID(random.nextLong(), random.nextLong()),
                1 + random.nextLong(Long.MAX_VALUE),
                text(),
                list(this::observation),
                list(this::summary),
                list(() -> Evidence.x509(bytes(200))),
                list(this::hold),
                new Losses(
                        random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3)));
    }

    /** Mostly the known ends, now and then one of a newer agent. */
    private Hold hold() {
        int number = 1 + random.nextInt(9);
        HoldEnd end = HoldEnd.ofNumber(number);
        return new Hold(
                target(),
                pick(HoldPeer.values()),
                text(),
                endpoint(),
                endpoint(),
                instant(),
                span(),
                span(),
                end,
                number,
                end == HoldEnd.ALIVE && random.nextBoolean(),
                end.isBySomebody() && random.nextBoolean()
                        ? new TtlRange(1 + random.nextInt(64), 64 + random.nextInt(192))
                        : TtlRange.ANY,
                text());
    }

    private Observation observation() {
        return new Observation(
                target(),
                random.nextLong(),
                1 + random.nextInt(9),
                instant(),
                span(),
                list(this::lookup),
                list(this::attempt),
                span(),
                span());
    }

    private Lookup lookup() {
        return new Lookup(
                text(),
                text(),
                endpoint(),
                transport(),
                instant(),
                span(),
                failure(),
                random.nextInt(20) - 1,
                random.nextBoolean(),
                list(this::text),
                list(() -> new Lookup.Answer(text(), random.nextLong(1L << 32))),
                random.nextInt(5));
    }

    private Attempt attempt() {
        return new Attempt(
                text(),
                transport(),
                endpoint(),
                endpoint(),
                instant(),
                failure(),
                span(),
                span(),
                list(this::handshake),
                random.nextBoolean() ? Optional.of(exchange()) : Optional.empty(),
                random.nextBoolean() ? WhoAnswered.NOTHING : who(),
                random.nextBoolean() ? Optional.of(smallSegments()) : Optional.empty(),
                random.nextBoolean() ? Optional.empty() : Optional.of(proxy()));
    }

    private ThroughProxy proxy() {
        return new ThroughProxy(
                text(), text(), text(), random.nextBoolean(), random.nextInt(1000), list(this::text), failure());
    }

    private Surroundings surroundings() {
        return new Surroundings(
                list(() -> new Surroundings.ProxySetting(text(), text(), text())),
                list(() -> new Surroundings.Discovery(text(), text(), text(), text())),
                list(() -> new Surroundings.ProxyScript(
                        text(),
                        text(),
                        random.nextInt(1000),
                        random.nextLong(Long.MAX_VALUE),
                        ScriptEnd.ofNumber(random.nextInt(8)),
                        text(),
                        list(() -> new Surroundings.ScriptAnswer(text(), list(this::text))))),
                list(() -> new Surroundings.DnsControl(text(), lookup(), text())),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Surroundings.CaptivePortal(
                                text(), random.nextInt(1000), text(), random.nextBoolean(), text())),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Surroundings.ClockOffset(
                                random.nextBoolean() ? span() : span().negated(), span(), instant())));
    }

    private Handshake handshake() {
        return new Handshake(
                text(),
                list(this::text),
                list(this::text),
                endpoint(),
                failure(),
                span(),
                text(),
                text(),
                text(),
                random.nextBoolean(),
                list(() -> Sha256.of(bytes(8))),
                span(),
                random.nextBoolean() ? Optional.of(tcpState()) : Optional.empty(),
                random.nextBoolean() ? Optional.of(quic()) : Optional.empty());
    }

    private QuicHandshake quic() {
        return new QuicHandshake(
                random.nextInt(),
                random.nextBoolean()
                        ? Optional.of(new QuicHandshake.Close(
                                random.nextLong() & Long.MAX_VALUE, random.nextBoolean(), text()))
                        : Optional.empty());
    }

    private TcpState tcpState() {
        return new TcpState(random.nextInt(50), random.nextInt(50), random.nextInt(65536));
    }

    private SmallSegments smallSegments() {
        return new SmallSegments(
                random.nextInt(1500), failure(), random.nextBoolean() ? Optional.of(handshake()) : Optional.empty());
    }

    private Exchange exchange() {
        Map<String, String> headers = new HashMap<>();
        list(() -> headers.put(text(), text()) == null);
        Map<String, String> seen = new HashMap<>();
        list(() -> seen.put(text(), text()) == null);
        return new Exchange(
                text(),
                failure(),
                span(),
                random.nextInt(1000),
                headers,
                Bytes.of(bytes(1500)),
                random.nextLong(Long.MAX_VALUE),
                text(),
                seen,
                list(() -> Sha256.of(bytes(8))),
                text());
    }

    private WhoAnswered who() {
        return new WhoAnswered(
                random.nextInt(256) - 1,
                random.nextInt(256) - 1,
                random.nextInt(65536),
                failure(),
                random.nextInt(40) - 1,
                random.nextInt(65536),
                failure());
    }

    private RoundSummary summary() {
        Map<TargetId, Skip> skipped = new HashMap<>();
        list(() -> skipped.put(target(), Skip.ofNumber(random.nextInt(8))) == null);
        Environment environment = new Environment(
                text(),
                text(),
                text(),
                list(this::text),
                list(this::text),
                text(),
                random.nextBoolean() ? Surroundings.UNSEEN : surroundings(),
                list(this::echo));
        return new RoundSummary(
                random.nextLong(), text(), instant(), instant(), list(this::target), skipped, environment, text());
    }

    private Echo echo() {
        EchoAsk ask = pick(EchoAsk.values());
        EchoAnswer answer = pick(EchoAnswer.values());
        if (answer == EchoAnswer.OTHER_KEY) {
            ask = EchoAsk.TLS;
        }
        List<String> changes = answer == EchoAnswer.ALTERED ? List.of(text(), text()) : List.of();
        return new Echo(ask, answer, attempt(), changes, endpoint());
    }

    /** Mostly the known ones, now and then one of a newer agent. */
    private Transport transport() {
        return new Transport(1 + random.nextInt(3));
    }

    private Failure failure() {
        int number = random.nextInt(4) == 0 ? 100 + random.nextInt() : 0;
        FailureKind known = FailureKind.ofNumber(number);
        if (number != 0 && known == FailureKind.UNKNOWN) {
            return new Failure(FailureKind.UNKNOWN, number, text());
        }
        FailureKind kind = pick(FailureKind.values());
        return kind == FailureKind.UNKNOWN ? Failure.none() : Failure.of(kind, text());
    }

    private TargetId target() {
        return new TargetId("t" + random.nextInt(1000) + ".example.com:" + random.nextInt(65536));
    }

    private Endpoint endpoint() {
        return random.nextInt(5) == 0 ? Endpoint.NONE : new Endpoint(text(), random.nextInt(65536));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000));
    }

    private Duration span() {
        return Duration.ofSeconds(random.nextInt(100_000)).plusNanos(random.nextInt(1_000_000) * 1000L);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            // Basic plane, its surrogates, and beyond: only whole characters.
            int point = random.nextInt(6) == 0 ? 0x1f300 + random.nextInt(200) : random.nextInt(0xd800);
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    byte[] bytes(int below) {
        byte[] bytes = new byte[random.nextInt(below)];
        random.nextBytes(bytes);
        return bytes;
    }

    int number(int below) {
        return random.nextInt(below);
    }

    private <T> T pick(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> List<T> list(Supplier<T> one) {
        List<T> all = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            all.add(one.get());
        }
        return all;
    }
}
