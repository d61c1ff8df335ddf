package dev.plumbline.collector.query;

import dev.plumbline.collector.compare.Differences;
import dev.plumbline.collector.compare.Shown;
import dev.plumbline.collector.compare.Side;
import dev.plumbline.v1.CompareSegmentsResponse;
import dev.plumbline.v1.Difference;
import dev.plumbline.v1.DifferingCause;
import dev.plumbline.v1.Incomparable;
import dev.plumbline.words.TargetId;
import java.util.function.Function;

/** A comparison as it is told. */
final class ComparisonMessages {
    private ComparisonMessages() {}

    /** @param service of a target */
    static CompareSegmentsResponse of(Side a, Side b, Differences differences, Function<TargetId, String> service) {
        CompareSegmentsResponse.Builder all = CompareSegmentsResponse.newBuilder()
                .setA(a.name())
                .setB(b.name())
                .setCompared(differences.compared());
        for (Differences.Difference difference : differences.differences()) {
            Difference.Builder message = Difference.newBuilder()
                    .setTargetId(difference.target().value())
                    .setService(service.apply(difference.target()))
                    .setAspect(difference.aspect().word())
                    .setA(difference.a())
                    .setB(difference.b())
                    .setABecause(because(a, difference.target()))
                    .setBBecause(because(b, difference.target()));
            differences.causes().stream()
                    .filter(c -> c.targets().contains(difference.target()))
                    .forEach(c -> message.addFindingIds(c.incident().id()));
            all.addDifferences(message);
        }
        differences
                .causes()
                .forEach(c -> all.addCauses(DifferingCause.newBuilder()
                        .setFindingId(c.incident().id())
                        .setPlace(c.incident().finding().place().word())
                        .setMechanism(c.incident().finding().mechanism().id())
                        .setScope(c.incident().finding().scope().toString())
                        .setSide(c.onA() ? "a" : "b")
                        .addAllTargetIds(
                                c.targets().stream().map(TargetId::value).toList())
                        .setSentence(c.incident().finding().sentence())));
        differences
                .incomparable()
                .forEach((target, because) -> all.addIncomparable(
                        Incomparable.newBuilder().setTargetId(target.value()).setBecause(because)));
        return all.build();
    }

    private static String because(Side side, TargetId target) {
        Shown shown = side.targets().get(target);
        return shown == null ? "" : shown.because();
    }
}
