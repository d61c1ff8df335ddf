package dev.plumbline.collector.rule;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.PointReading;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.words.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody on the way accepts connections in the place of the hosts, whatever passes behind him: a port accepts that nothing
 * listens on, for hosts that have nothing to do with each other, and on another segment the same hosts do not.
 */
final class TransparentProxy implements Rule {
    private static final int FEWEST_DOMAINS = 2;

    @Override
    public String id() {
        return "transparent-proxy";
    }

    @Override
    public boolean asksWhatPasses() {
        return true;
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        if (!segment.any(p -> p.path().canaryAccepted())) {
            return List.of();
        }
        List<Claim.Failing> asked = Failures.allPoints(segment).stream()
                .filter(f -> f.point().whoAnswered().canaryPort() != 0)
                .toList();
        List<Claim.Failing> accepted = asked.stream()
                .filter(f -> f.point().path().canaryAccepted())
                .filter(f ->
                        !elsewhere.canaryAcceptedEverywhere(f.target().target().id()))
                .toList();
        Set<String> domains = new HashSet<>();
        accepted.forEach(
                f -> domains.add(Domains.registrable(f.target().target().host())));
        if (domains.size() < FEWEST_DOMAINS) {
            return List.of();
        }
        Set<Integer> finer = portsWithMore(segment, elsewhere);
        boolean all = onEveryPort(asked, accepted);
        List<Claim.Failing> met = Failures.allPoints(segment).stream()
                .filter(f -> f.point().point().transport().equals(Transport.TCP))
                .filter(f -> f.point().reached().atLeast(Layer.CONNECTED))
                .filter(f -> !finer.contains(f.point().point().port()))
                .filter(f -> all || accepted.stream().anyMatch(a -> port(a) == port(f)))
                .toList();
        if (met.isEmpty()) {
            return List.of();
        }
        Scope scope = all && finer.isEmpty()
                ? Scope.ALL
                : met.stream()
                        .map(f -> Scope.of(Atom.port(Transport.TCP, port(f))))
                        .reduce(Scope::union)
                        .orElseThrow();
        return List.of(new Claim(
                id(),
                Mechanism.TCP_PROXIED,
                Optional.of(scope),
                met,
                "ports accept that nothing listens on: "
                        + accepted.get(0).point().whoAnswered().canaryPort() + " of "
                        + accepted.get(0).target().target().host() + " and "
                        + (accepted.size() - 1) + " more"));
    }

    /** For most hosts on each port that was asked about: a canary may be lost, and a host may be gone. */
    private static boolean onEveryPort(List<Claim.Failing> asked, List<Claim.Failing> accepted) {
        return asked.stream()
                .map(TransparentProxy::port)
                .distinct()
                .allMatch(port -> 2 * on(port, accepted) > on(port, asked));
    }

    private static long on(int port, List<Claim.Failing> some) {
        return some.stream().filter(f -> port(f) == port).count();
    }

    private static int port(Claim.Failing failing) {
        return failing.point().point().port();
    }

    private static boolean isAfterAccepting(PointReading point) {
        return point.symptom().layer().atLeast(Layer.SECURED);
    }

    /** Where what was accepted is then opened, rewritten, cut or left alone, that says more than that somebody accepts. */
    private static Set<Integer> portsWithMore(SegmentReading segment, Elsewhere elsewhere) {
        Set<Integer> ports = new HashSet<>(HttpProxy.ports(segment, elsewhere).keySet());
        segment.readings().stream()
                .filter(r -> r.failures().stream().anyMatch(TransparentProxy::isAfterAccepting))
                .forEach(r -> elsewhere.controls(r).forEach((p, control) -> {
                    if (control.compareTo(Elsewhere.Control.PASSES_OUTSIDE) <= 0 && isAfterAccepting(p)) {
                        ports.add(p.point().port());
                    }
                }));
        return ports;
    }
}
