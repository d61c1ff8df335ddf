package dev.plumbline.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanCodecTest {
    @Test
    void anyPlanComesBackAsItWas() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            Plan plan = PlanCodec.seal(plan(new Random(seed)));
            assertThat(PlanCodec.decode(dev.plumbline.v1.Plan.parseFrom(
                            PlanCodec.encode(plan).toByteArray())))
                    .as("seed %d", seed)
                    .isEqualTo(plan);
        }
    }

    @Test
    void equalPlansHaveEqualHashesAndSealingAgainChangesNothing() {
        Plan plan = PlanCodec.seal(plan(new Random(3)));
        assertThat(plan.hash()).matches("[0-9a-f]{64}");
        assertThat(PlanCodec.seal(plan(new Random(3)))).isEqualTo(plan);
        assertThat(PlanCodec.seal(plan)).isEqualTo(plan);
        assertThat(PlanCodec.isSealed(plan)).isTrue();
        assertThat(PlanCodec.seal(plan(new Random(4))).hash()).isNotEqualTo(plan.hash());
    }

    @Test
    void aPlanWhoseContentWasChangedIsRefused() {
        Plan plan = PlanCodec.seal(plan(new Random(3)));
        dev.plumbline.v1.Plan changed =
                PlanCodec.encode(plan).toBuilder().setConfirmations(7).build();
        WireException e = catchThrowableOfType(WireException.class, () -> PlanCodec.decode(changed));
        assertThat(e).hasMessageStartingWith("hash: the content of plan '" + plan.hash() + "' has the hash ");
    }

    @Test
    void aTargetInWordsOfANewerCollectorIsKeptApartAndTheRestIsRead() throws Exception {
        dev.plumbline.v1.Plan.Builder message = PlanCodec.encode(plan(new Random(3), 3)).toBuilder();
        message.getTargetsBuilder(1).setProbe("carrier-pigeon");
        Plan read = PlanCodec.decode(sealed(message));
        assertThat(read.targets()).extracting(t -> t.id().value()).containsExactly("t0:443", "t2:443");
        assertThat(read.unread().keySet()).containsExactly(new TargetId("t1:443"));
        assertThat(read.unread().get(new TargetId("t1:443"))).startsWith("probe: 'carrier-pigeon' is none of courier,");
        assertThatIllegalStateException()
                .isThrownBy(() -> PlanCodec.encode(read))
                .withMessageContaining("was read without [t1:443]");
    }

    @Test
    void aTargetWithoutANameIsRefused() {
        dev.plumbline.v1.Plan.Builder message = PlanCodec.encode(plan(new Random(3), 2)).toBuilder();
        message.getTargetsBuilder(1).setId("No Name");
        WireException e = catchThrowableOfType(WireException.class, () -> PlanCodec.decode(sealed(message)));
        assertThat(e).hasMessageStartingWith("targets[1].id: target id 'No Name' must be");
    }

    /** Unsigned on the wire: what is beyond our signed numbers is as wrong as what is too long. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # field        | milliseconds         | refused because
            interval       | -1                   | 18446744073709551615 ms is more than
            interval       | 9000000000000000000  | 9000000000000000000 ms is more than
            round          | -1                   | 18446744073709551615 ms is more than
            round          | 1                    | a round takes at least 10 s
            """)
    void aSpanThatNobodyMeansIsRefused(String field, long millis, String because) {
        dev.plumbline.v1.Plan.Builder message = PlanCodec.encode(plan(new Random(3), 1)).toBuilder();
        if (field.equals("interval")) {
            message.getTargetsBuilder(0).setMinimumIntervalMillis(millis);
        } else {
            message.setRoundMillis(millis);
        }
        assertThatThrownBy(() -> {
                    Plan read = PlanCodec.decode(sealed(message));
                    // A target of a newer version is kept apart with what is wrong with it.
                    throw new WireException("unread", read.unread().values().toString());
                })
                .isInstanceOf(WireException.class)
                .hasMessageContaining(because);
    }

    private static dev.plumbline.v1.Plan sealed(dev.plumbline.v1.Plan.Builder message) {
        String hash = dev.plumbline.words.Sha256.of(message.clearHash().build().toByteArray())
                .hex();
        return message.setHash(hash).build();
    }

    @Test
    void garbageIsRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(isRefused(bytes)).isTrue();
        }
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            PlanCodec.decode(dev.plumbline.v1.Plan.parseFrom(bytes));
            return false;
        } catch (InvalidProtocolBufferException | WireException e) {
            return true;
        }
    }

    private static Plan plan(Random random) {
        return plan(random, random.nextInt(5));
    }

    private static Plan plan(Random random, int targets) {
        List<Target> all = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            all.add(target(random, i));
        }
        return Plan.of(
                "campus",
                new SegmentId("wifi-" + random.nextInt(100)),
                all,
                new Plan.Settings(
                        Duration.ofSeconds(10 + random.nextInt(1000)),
                        Duration.ofMillis(100 + random.nextInt(10_000)),
                        random.nextInt(3),
                        1 + random.nextInt(100)));
    }

    private static Target target(Random random, int index) {
        ProbeKind probe = pick(random, ProbeKind.values());
        boolean pool = random.nextBoolean();
        boolean retired = random.nextInt(3) == 0;
        return new Target(
                new TargetId("t" + index + ":443"),
                pool ? "{n}-courier.push.example.com" : "push.example.com",
                pool ? 1 + random.nextInt(50) : 0,
                1 + random.nextInt(65535),
                random.nextBoolean() ? Transport.TCP : Transport.UDP,
                probe,
                "push.example.com",
                probe.seesCertificate() ? IdentityClass.APPLE_PRIVATE : IdentityClass.NONE,
                random.nextBoolean() ? List.of() : List.of("apns-security-v3", ""),
                random.nextBoolean() ? "" : "/bag",
                some(random, Service.class),
                some(random, Role.class),
                some(random, Platform.class),
                retired ? Obligation.RETIRED : Obligation.REQUIRED,
                retired ? Optional.of(LocalDate.of(2021, 3, 31)) : Optional.empty(),
                pick(random, ProxyPolicy.values()),
                Duration.ofSeconds(random.nextInt(4000)),
                List.of(new RowRef("plumbline-2026", random.nextInt(500), "*.push.example.com")));
    }

    private static <E extends Enum<E>> Set<E> some(Random random, Class<E> type) {
        Set<E> some = EnumSet.noneOf(type);
        for (E constant : type.getEnumConstants()) {
            if (random.nextBoolean()) {
                some.add(constant);
            }
        }
        return some;
    }

    private static <T> T pick(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }
}
