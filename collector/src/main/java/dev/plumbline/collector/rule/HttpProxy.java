package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plain HTTP is read and written anew on the way: what the helper received is not what left, or what is no HTTP was refused
 * in the helper's place; or all answers of hosts that have nothing to do with each other were passed on by one and the same
 * proxy (Via, RFC 9110 7.6.3). On another segment it is not so, else it lies beyond the segment.
 */
final class HttpProxy implements Rule {
    private static final int FEWEST_DOMAINS = 2;
    private static final int MOST_CHANGES = 2;

    @Override
    public String id() {
        return "http-proxy";
    }

    @Override
    public boolean asksWhatPasses() {
        return true;
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        Map<Integer, String> seen = ports(segment, elsewhere);
        if (seen.isEmpty()) {
            return List.of();
        }
        List<Claim.Failing> met = plain(segment)
                .filter(f -> seen.containsKey(f.point().point().port()))
                .filter(f -> !f.point().failed() && f.point().reached().atLeast(Layer.CONNECTED))
                .toList();
        if (met.isEmpty()) {
            return List.of();
        }
        Set<Integer> ports = met.stream().map(f -> f.point().point().port()).collect(Collectors.toSet());
        Scope scope = ports.stream()
                .map(port -> Scope.of(Atom.port(Transport.TCP, port)))
                .reduce(Scope::union)
                .orElseThrow();
        String because = seen.entrySet().stream()
                .filter(e -> ports.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .collect(Collectors.joining("; "));
        return List.of(new Claim(id(), Mechanism.HTTP_PROXIED, Optional.of(scope), met, because));
    }

    /** The ports on which it is so, each with a sentence that says why. */
    static Map<Integer, String> ports(SegmentReading segment, Elsewhere elsewhere) {
        List<SegmentReading> others = Stream.concat(elsewhere.inside().stream(), elsewhere.outside().stream())
                .toList();
        Map<Integer, String> ports = new TreeMap<>();
        passedOn(segment, others).forEach(ports::put);
        for (Echo echo : echoes(segment)) {
            int port = echo.helper().port();
            if (others.stream().anyMatch(other -> cameBack(other, port))) {
                rewritten(segment, port).ifPresent(because -> ports.put(port, because));
            }
        }
        return ports;
    }

    /** A box that answers everything itself, as a portal does, lets nothing pass: that is another cause. */
    private static Optional<String> rewritten(SegmentReading segment, int port) {
        Optional<Echo> fields = echo(segment, port, EchoAsk.HTTP_FIELDS);
        Optional<Echo> altered = fields.filter(e -> e.answer() == EchoAnswer.ALTERED);
        if (altered.isPresent()) {
            return Optional.of("what the helper received is not what left: "
                    + altered.get().changes().stream().limit(MOST_CHANGES).collect(Collectors.joining(", ")));
        }
        return echo(segment, port, EchoAsk.HTTP_GARBAGE)
                .filter(e -> e.answer() == EchoAnswer.STRANGER)
                .filter(e -> fields.filter(f -> f.answer() == EchoAnswer.SAME).isPresent())
                .map(e -> "what is no HTTP was answered in the helper's place, and a request was not");
    }

    private static boolean cameBack(SegmentReading other, int port) {
        return echo(other, port, EchoAsk.HTTP_FIELDS)
                        .filter(e -> e.answer() == EchoAnswer.SAME)
                        .isPresent()
                && echo(other, port, EchoAsk.HTTP_GARBAGE)
                        .filter(e -> e.answer() == EchoAnswer.STRANGER)
                        .isEmpty();
    }

    private static Optional<Echo> echo(SegmentReading segment, int port, EchoAsk ask) {
        return echoes(segment).stream()
                .filter(e -> e.ask() == ask && e.helper().port() == port)
                .findFirst();
    }

    private static List<Echo> echoes(SegmentReading segment) {
        return segment.environment().map(Environment::echoes).orElse(List.of());
    }

    /** Content networks say Via, too, but not one and the same on all hosts, and not on one segment only. */
    private static Map<Integer, String> passedOn(SegmentReading segment, List<SegmentReading> others) {
        Map<Integer, List<Claim.Failing>> answered = plain(segment)
                .filter(f -> f.point().proved())
                .collect(Collectors.groupingBy(f -> f.point().point().port()));
        Map<Integer, String> ports = new TreeMap<>();
        answered.forEach((port, points) -> {
            Set<Optional<String>> said =
                    points.stream().map(f -> f.point().path().via()).collect(Collectors.toSet());
            Optional<String> via = said.size() == 1 ? said.iterator().next() : Optional.empty();
            if (via.isPresent() && areUnrelated(points) && isNew(via.get(), points, others)) {
                ports.put(port, "every answer was passed on by \"" + via.get() + "\"");
            }
        });
        return ports;
    }

    /** Somebody else got answers of the same hosts, and nobody's came through it. */
    private static boolean isNew(String via, List<Claim.Failing> points, List<SegmentReading> others) {
        boolean comparable = others.stream()
                .anyMatch(other -> areUnrelated(points.stream()
                        .filter(f -> other.target(f.target().target().id())
                                .filter(r -> r.any(PointReading::proved))
                                .isPresent())
                        .toList()));
        return comparable
                && others.stream()
                        .flatMap(other -> other.points().stream())
                        .noneMatch(p -> p.path().via().filter(via::equals).isPresent());
    }

    private static boolean areUnrelated(List<Claim.Failing> points) {
        return points.stream()
                        .map(f -> Domains.registrable(f.target().target().host()))
                        .distinct()
                        .count()
                >= FEWEST_DOMAINS;
    }

    private static Stream<Claim.Failing> plain(SegmentReading segment) {
        return segment.targets().values().stream()
                .filter(r -> r.target().probe().isPlainHttp())
                .flatMap(r -> r.points().stream().map(p -> new Claim.Failing(r, p)));
    }
}
