package dev.plumbline.collector.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainerTest {
    /** Points are written {@code name/port/address}, a dash for no address. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    one port on everything      | courier.push.apple.com/5223/17.57.144.10 courier.push.apple.com/5223/2620:149:a44::a | courier.push.apple.com/443/17.57.144.10 gdmf.apple.com/443/17.253.14.76 | tcp/5223
                    Apple's addresses on a port | gdmf.apple.com/443/17.253.14.76 courier.push.apple.com/443/17.57.144.10 | s.mzstatic.com/443/23.62.10.7 gdmf.apple.com/80/17.253.14.76 | tcp/443@apple
                    all of Apple                | gdmf.apple.com/443/17.253.14.76 courier.push.apple.com/5223/17.57.144.10 crl.apple.com/80/17.253.14.80 | s.mzstatic.com/443/23.62.10.7 crl3.digicert.com/80/93.184.220.1 | all@apple
                    everything                  | gdmf.apple.com/443/17.253.14.76 crl3.digicert.com/80/93.184.220.1 time.apple.com/22/17.1.1.1 | | all
                    a name on two ports         | courier.push.apple.com/443/17.57.144.10 courier.push.apple.com/5223/17.57.144.10 | gdmf.apple.com/443/17.253.14.76 api.push.apple.com/2197/17.188.143.10 | name:courier.push.apple.com
                    a family of names           | courier.push.apple.com/443/17.57.144.10 api.push.apple.com/443/17.188.143.10 api.push.apple.com/2197/17.188.143.10 | gdmf.apple.com/443/17.253.14.76 | name:push.apple.com
                    names without addresses     | gdmf.apple.com/443/- courier.push.apple.com/5223/- | www.icloud.com/443/17.179.252.40 | name:apple.com
                    one family                  | gdmf.apple.com/443/2620:149:a06::1 s.mzstatic.com/443/2a02:26f0:1::7 crl.apple.com/80/2620:149:a06::2 | gdmf.apple.com/443/17.253.14.76 crl.apple.com/80/17.253.14.80 | ipv6
                    a list of two names      | courier.push.apple.com/5223/17.57.144.14 courier.push.apple.com/5223/17.57.144.15 courier.push.apple.com/5223/17.57.144.16 courier.push.apple.com/5223/17.57.144.17 courier.push.apple.com/5223/2620:149:a44:300::10 courier.push.apple.com/5223/2620:149:a44:300::11 | courier.push.apple.com/5223/17.57.144.10 courier.sandbox.push.apple.com/5223/17.57.144.10 courier.push.apple.com/5223/17.57.144.11 courier.sandbox.push.apple.com/5223/17.57.144.11 courier.push.apple.com/5223/17.57.144.12 courier.sandbox.push.apple.com/5223/17.57.144.12 courier.push.apple.com/5223/17.57.144.13 courier.sandbox.push.apple.com/5223/17.57.144.13 courier.push.apple.com/443/17.57.144.14 courier.push.apple.com/443/2620:149:a44:300::10 | tcp/5223@!17.57.144.10/31@!17.57.144.12/31
                    two ports                   | a.apple.com/443/17.1.1.1 b.icloud.com/5223/17.1.1.2 | a.apple.com/80/17.1.1.1 b.icloud.com/80/17.1.1.2 | tcp/443+tcp/5223
                    """)
    void findsTheRuleThatSomebodyWrote(String what, String failures, String passes, String expected) {
        assertThat(Explainer.explain(points(failures), points(passes))).contains(Scope.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    void coversEveryFailureAndNoPassWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        List<Point> failures = new ArrayList<>();
        List<Point> passes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Point p = point("h" + random.nextInt(8) + ".d" + random.nextInt(3) + ".com/" + (440 + random.nextInt(3))
                    + "/17.0." + random.nextInt(3) + "." + i);
            (random.nextInt(3) == 0 ? failures : passes).add(p);
        }
        Optional<Scope> scope = Explainer.explain(failures, passes);
        assertThat(failures).allMatch(scope.orElseThrow()::matches);
        assertThat(passes).noneMatch(scope.orElseThrow()::matches);
    }

    @ParameterizedTest
    @CsvSource({"courier.push.apple.com/5223/17.57.144.10"})
    void explainsNothingWhenAFailureCannotBeToldFromAPass(String same) {
        assertThat(Explainer.explain(points(same), points(same))).isEmpty();
        assertThat(Explainer.explain(List.of(), points(same))).isEmpty();
    }

    private static List<Point> points(String text) {
        return text == null
                ? Collections.emptyList()
                : Arrays.stream(text.trim().split(" +"))
                        .map(ExplainerTest::point)
                        .toList();
    }

    private static Point point(String text) {
        String[] part = text.split("/", -1);
        return new Point(
                Set.of(part[0]),
                Transport.TCP,
                Integer.parseInt(part[1]),
                part[2].equals("-") ? Optional.empty() : Optional.of(part[2]));
    }
}
