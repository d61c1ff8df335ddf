package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.explain.Explainer;
import dev.plumbline.collector.explain.Speaker;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address for names that have nothing to do with each other, or an address of no public host, and nothing there proves
 * itself: a sinkhole when nobody answers, a hijack when somebody does.
 */
final class FalseAnswers implements Rule {
    private static final int DNS = 53;

    @Override
    public String id() {
        return "false-answers";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        List<Claim.Failing> given = Failures.of(open, p -> p.point().address().isPresent());
        if (given.isEmpty()) {
            return List.of();
        }
        Answers answers = new Answers(segment, elsewhere.inside());
        List<Claim.Failing> sunk = new ArrayList<>();
        List<Claim.Failing> hijacked = new ArrayList<>();
        for (Claim.Failing failing : given) {
            String address = failing.point().point().address().orElse("");
            if (!answers.suspect(address)) {
                continue;
            }
            boolean nowhere = Block.isSpecial(address);
            (failing.point().reached().atLeast(Layer.CONNECTED) && !nowhere ? hijacked : sunk).add(failing);
        }
        if (!hijacked.isEmpty()) {
            // Ports on which the stranger does not answer belong to the same lie.
            hijacked.addAll(sunk);
            return List.of(claim(Mechanism.DNS_HIJACK, segment, answers, hijacked));
        }
        return sunk.isEmpty() ? List.of() : List.of(claim(Mechanism.DNS_SINKHOLE, segment, answers, sunk));
    }

    private Claim claim(Mechanism mechanism, SegmentReading segment, Answers answers, List<Claim.Failing> failing) {
        String address = failing.get(0).point().point().address().orElse("");
        return new Claim(
                id(),
                mechanism,
                scope(segment, answers, failing),
                failing,
                "unrelated names are all given " + address + ", and nothing there is what the names stand for");
    }

    /** A resolver's lie is about names, whatever ports the stranger answers on: told from names with another address. */
    private static Optional<Scope> scope(SegmentReading segment, Answers answers, List<Claim.Failing> failing) {
        List<Point> asked =
                failing.stream().map(f -> question(f.point().point())).toList();
        List<Point> honest = segment.points().stream()
                .map(PointReading::point)
                .filter(p -> p.address().filter(a -> !answers.suspect(a)).isPresent())
                .map(FalseAnswers::question)
                .toList();
        return Explainer.explain(Speaker.RESOLVER, asked, honest, List.of());
    }

    /** The question that led there, as a resolver hears it. */
    private static Point question(Point point) {
        return new Point(point.names(), Transport.UDP, DNS, Optional.empty());
    }
}
