package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Atom;
import dev.plumbline.catalog.scope.Point;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The atoms that somebody could have written to prevent these points, each with its description length: the fewer words a
 * rule needs, the likelier it was written.
 */
final class Candidates {
    private static final double EVERYTHING = 1.0;
    private static final double FAMILY = 1.8;
    private static final double PORT = 2.0;
    private static final double NAME = 3.0;
    private static final double LABEL = 0.2;
    private static final double AT_APPLE = 1.0;
    private static final double AT_FAMILY = 1.5;
    private static final double AT_NAME = 2.0;
    private static final double AT_ADDRESS = 3.5;

    private final Map<Atom, Double> costs = new LinkedHashMap<>();

    private Candidates() {}

    static Map<Atom, Double> of(Collection<Point> failures) {
        Candidates candidates = new Candidates();
        failures.forEach(candidates::add);
        return candidates.costs;
    }

    private void add(Point point) {
        Atom port = Atom.port(point.transport(), point.port());
        put(Atom.all(), EVERYTHING);
        put(port, PORT);
        for (String name : point.names()) {
            names(port, point, name);
        }
        point.address().ifPresent(address -> addressed(port, address));
    }

    private void names(Atom port, Point point, String name) {
        String[] labels = name.split("\\.", -1);
        String suffix = labels[labels.length - 1];
        for (int i = labels.length - 2; i >= 0; i--) {
            suffix = labels[i] + "." + suffix;
            double length = LABEL * (labels.length - 2 - i);
            put(Atom.name(suffix), NAME + length);
            put(port.at("name:" + suffix), PORT + AT_NAME + length);
            if (point.address().isPresent()) {
                String block = host(point.address().get());
                put(port.at("name:" + suffix).at(block), PORT + AT_NAME + AT_ADDRESS + length);
            }
        }
    }

    private void addressed(Atom port, String address) {
        boolean ipv6 = address.indexOf(':') >= 0;
        String family = ipv6 ? "ipv6" : "ipv4";
        put(Atom.family(ipv6), FAMILY);
        put(Atom.all().at("apple"), EVERYTHING + AT_APPLE);
        put(port.at("apple"), PORT + AT_APPLE);
        put(port.at(family), PORT + AT_FAMILY);
        put(port.at("apple").at(family), PORT + AT_APPLE + AT_FAMILY);
        put(Atom.all().at(host(address)), EVERYTHING + AT_ADDRESS);
        put(port.at(host(address)), PORT + AT_ADDRESS);
    }

    private static String host(String address) {
        return address + (address.indexOf(':') >= 0 ? "/128" : "/32");
    }

    private void put(Atom atom, double cost) {
        costs.merge(atom, cost, Math::min);
    }
}
