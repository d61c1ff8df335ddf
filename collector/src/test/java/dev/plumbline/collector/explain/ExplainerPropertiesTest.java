package dev.plumbline.collector.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every explanation, on points drawn without any rule behind them. */
final class ExplainerPropertiesTest {
    private static final List<String> DOMAINS =
            List.of("apple.com", "push.apple.com", "itunes.apple.com", "icloud.com", "mzstatic.com");

    private final List<Point> failures = new ArrayList<>();
    private final List<Point> passes = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private void draw(Random random) {
        int many = 1 + random.nextInt(60);
        int inTen = 1 + random.nextInt(9);
        for (int i = 0; i < many; i++) {
            Point point = point(random, i);
            (random.nextInt(10) < inTen ? failures : passes).add(point);
        }
    }

    private static Point point(Random random, int i) {
        String name = "h" + random.nextInt(20) + "." + DOMAINS.get(random.nextInt(DOMAINS.size()));
        Optional<String> address = random.nextInt(10) == 0
                ? Optional.empty()
                : Optional.of(
                        random.nextInt(3) == 0
                                ? "2620:149:a4" + random.nextInt(3) + "::" + (i + 1)
                                : "17." + (random.nextInt(3) + 56) + "." + random.nextInt(4) + "." + (i + 1));
        boolean udp = random.nextInt(8) == 0;
        int port = udp ? 123 : List.of(443, 443, 5223, 80).get(random.nextInt(4));
        // A name of its own for each, or a name without address could not be told from another.
        return new Point(Set.of("n" + i + "." + name), udp ? Transport.UDP : Transport.TCP, port, address);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void coversEveryFailureAndContradictsNoPass(long seed) {
        draw(new Random(seed));
        for (Speaker speaker : Speaker.values()) {
            Optional<Scope> scope = Explainer.explain(speaker, failures, passes, List.of());
            assertThat(scope.isPresent()).as(speaker.name()).isEqualTo(!failures.isEmpty());
            scope.ifPresent(s -> {
                assertThat(failures).as(speaker + " " + s).allMatch(s::matches);
                assertThat(passes).as(speaker + " " + s).noneMatch(s::matches);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderAndDuplicatesChangeNothing(long seed) {
        Random random = new Random(seed);
        draw(random);
        for (Speaker speaker : Speaker.values()) {
            Optional<Scope> once = Explainer.explain(speaker, failures, passes, List.of());
            List<Point> more = new ArrayList<>(failures);
            more.addAll(failures.subList(0, failures.size() / 2));
            Collections.shuffle(more, random);
            List<Point> others = new ArrayList<>(passes);
            others.addAll(passes);
            Collections.shuffle(others, random);
            assertThat(Explainer.explain(speaker, more, others, List.of())).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pointsThatAQuestionDoesNotMentionChangeNothing(long seed) {
        Random random = new Random(seed);
        draw(random);
        List<Point> some = failures.subList(0, (failures.size() + 1) / 2);
        List<Point> all = new ArrayList<>(failures);
        all.addAll(passes);
        for (int i = 0; i < 20; i++) {
            all.add(point(random, 100 + i));
        }
        for (Speaker speaker : Speaker.values()) {
            Explainer ofMany = new Explainer(speaker, all);
            Explainer ofOthers = new Explainer(speaker, passes);
            for (List<Point> asked : List.of(failures, some)) {
                Optional<Description> alone = Explainer.describe(speaker, asked, passes, List.of());
                assertThat(ofMany.describe(asked, passes, List.of())).isEqualTo(alone);
                assertThat(ofOthers.describe(asked, passes, List.of())).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPassNeverMakesTheRuleShorter(long seed) {
        Random random = new Random(seed);
        draw(random);
        Point pass = point(random, 70);
        List<Point> more = new ArrayList<>(passes);
        more.add(pass);
        Optional<Description> before = Explainer.describe(Speaker.PACKETS, failures, passes, List.of());
        Optional<Description> after = Explainer.describe(Speaker.PACKETS, failures, more, List.of());
        assertThat(after.isPresent()).isEqualTo(before.isPresent());
        after.ifPresent(a -> {
            assertThat(a.scope().matches(pass)).isFalse();
            assertThat(before.orElseThrow().bits()).isLessThanOrEqualTo(a.bits() + SLACK);
        });
    }

    /** Exceptions are chosen greedily and blocks by their roundest length, which may cost a little more than the least. */
    private static final double SLACK = 3;
}
