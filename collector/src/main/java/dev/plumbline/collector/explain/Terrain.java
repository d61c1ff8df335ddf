package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.scope.Point;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The distinct points that questions are about, as numbers in order, and which of them each word of a speaker meets. */
final class Terrain {
    private static final Comparator<Keyed> IN_ORDER = Comparator.comparing(Keyed::key);

    private final Map<Point, Integer> numbers = new HashMap<>();
    private final List<Point> points;
    private final TreeMap<String, Word> words = new TreeMap<>();
    private final List<Word> names;

    /** Of each point, by their places among all. */
    private final List<Points> namesOf;

    private final Addresses addresses;

    Terrain(Speaker speaker, Collection<Point> some) {
        some.forEach(point -> numbers.put(point, 0));
        points = sorted(numbers.keySet());
        for (int i = 0; i < points.size(); i++) {
            numbers.put(points.get(i), i);
        }
        addresses = index(speaker);
        names = words("name:").toList();
        namesOf = points.stream().map(point -> new Points(names.size())).toList();
        indexNames();
        if (speaker.knowsAddresses()) {
            CatalogBlocks.ALL.forEach(this::index);
        }
    }

    private record Keyed(String key, Point point) {
        static Keyed of(Point point) {
            return new Keyed(
                    point.transport().word() + "/" + point.port() + " "
                            + point.address().orElse("") + " " + names(point.names()),
                    point);
        }

        private static String names(Set<String> names) {
            return names.size() == 1 ? "[" + names.iterator().next() + "]" : new TreeSet<>(names).toString();
        }
    }

    private static List<Point> sorted(Set<Point> points) {
        return points.stream().map(Keyed::of).sorted(IN_ORDER).map(Keyed::point).toList();
    }

    private record Port(Transport transport, int number) {
        String word() {
            return transport.word() + "/" + number;
        }
    }

    /** Many points share a port and a name: their words are looked up once. */
    private Addresses index(Speaker speaker) {
        Addresses.Filling filling = new Addresses.Filling();
        Points all = meets("all");
        Map<Port, Points> ports = new HashMap<>();
        Map<String, List<Points>> domains = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            all.add(i);
            if (speaker.knowsPorts()) {
                ports.computeIfAbsent(new Port(point.transport(), point.port()), port -> meets(port.word()))
                        .add(i);
            }
            for (String name : point.names()) {
                for (Points domain : domains.computeIfAbsent(name, this::domains)) {
                    domain.add(i);
                }
            }
            Optional<Address> address = speaker.knowsFamilies() || speaker.knowsAddresses()
                    ? point.address().flatMap(Address::of)
                    : Optional.empty();
            if (address.isPresent() && speaker.knowsFamilies()) {
                meets(address.get().isSix() ? "ipv6" : "ipv4").add(i);
            }
            if (address.isPresent() && speaker.knowsAddresses()) {
                filling.add(address.get(), i);
            }
        }
        return filling.done(points.size());
    }

    /** Of a name and what it lies under, but for top-level domains. */
    private List<Points> domains(String name) {
        List<Points> all = new ArrayList<>();
        for (int dot = name.lastIndexOf('.'); dot > 0; ) {
            dot = name.lastIndexOf('.', dot - 1);
            all.add(meets("name:" + name.substring(dot + 1)));
        }
        return all;
    }

    private void indexNames() {
        for (int place = 0; place < names.size(); place++) {
            Points meets = names.get(place).meets();
            for (int point = meets.next(0); point >= 0; point = meets.next(point + 1)) {
                namesOf.get(point).add(place);
            }
        }
    }

    private void index(Block block) {
        Points inside = addresses.in(block);
        if (!inside.isEmpty()) {
            meets(block.toString()).addAll(inside);
            if (Block.APPLE.contains(block)) {
                meets("apple").addAll(inside);
            }
        }
    }

    private Points meets(String word) {
        return words.computeIfAbsent(word, w -> Word.of(w, new Points(points.size())))
                .meets();
    }

    private Stream<Word> words(String beginning) {
        return words.subMap(beginning, beginning + Character.MAX_VALUE).values().stream();
    }

    /** How many points there are. */
    int size() {
        return points.size();
    }

    boolean has(Collection<Point> some) {
        return numbers.keySet().containsAll(some);
    }

    /** The numbers of these, all of which it has. */
    Points points(Collection<Point> some) {
        Points all = new Points(points.size());
        for (Point point : some) {
            Integer number = numbers.get(point);
            if (number == null) {
                throw new IllegalArgumentException(point + " is not among the points of this terrain");
            }
            all.add(number);
        }
        return all;
    }

    /** Ports that any of these points are at. */
    List<Word> ports(Points among) {
        return Stream.concat(words("tcp/"), words("udp/"))
                .filter(port -> port.meets().meets(among))
                .toList();
    }

    /** Names that any of these points have or lie under, in order of text. */
    List<Word> names(Points among) {
        return named(namesOf(among));
    }

    /** The same without those of other points. */
    List<Word> names(Points among, Points others) {
        return named(namesOf(among).without(namesOf(others)));
    }

    private Points namesOf(Points some) {
        Points all = new Points(names.size());
        for (int point = some.next(0); point >= 0; point = some.next(point + 1)) {
            all.addAll(namesOf.get(point));
        }
        return all;
    }

    private List<Word> named(Points places) {
        List<Word> some = new ArrayList<>();
        for (int place = places.next(0); place >= 0; place = places.next(place + 1)) {
            some.add(names.get(place));
        }
        return some;
    }

    /** A word that may meet nobody. */
    Word word(String text) {
        Word word = words.get(text);
        return word == null ? Word.of(text, new Points(points.size())) : word;
    }

    Addresses addresses() {
        return addresses;
    }
}
