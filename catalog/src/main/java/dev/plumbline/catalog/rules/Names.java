package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Target;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names as the lists print them: the wildcard of the row where it has one, since members of a pool come and go. */
public final class Names {
    /** Nothing else is written into a configuration. */
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    /** Domains whose hosts are Apple's own for the most part; content networks of others carry the rest. */
    private static final List<String> APPLES = List.of(
            "apple.com",
            "icloud.com",
            "icloud.com.cn",
            "itunes.com",
            "apple-cloudkit.com",
            "cdn-apple.com",
            "apzones.com",
            "appleschoolcontent.com");

    /** Those of which Apple says that they never leave its own blocks. */
    private static final List<String> AT_HOME = List.of("push.apple.com", "time.apple.com");

    private Names() {}

    /** The shortest list that covers all of the targets, in order. */
    public static List<String> of(Collection<Target> targets, String edition) {
        TreeSet<String> all = new TreeSet<>();
        targets.forEach(t -> printed(t, edition).forEach(all::add));
        return shortest(all);
    }

    /** The names without those that a wildcard among them stands for, in order. */
    public static List<String> shortest(Collection<String> names) {
        TreeSet<String> all = new TreeSet<>(names);
        return all.stream()
                .filter(name -> all.stream().noneMatch(other -> covers(other, name)))
                .toList();
    }

    private static Stream<String> printed(Target target, String edition) {
        List<String> rows = target.sources().stream()
                .filter(r -> r.edition().equals(edition) || r.edition().equals(RowRef.OVERLAY))
                .map(r -> r.text().split(" ", 2)[0].toLowerCase(Locale.ROOT))
                .filter(n -> isName(n) && n.indexOf('.') > 0 && covers(n, target))
                .toList();
        Stream<String> names = rows.isEmpty() ? Stream.of(own(target)) : rows.stream();
        String served = target.serverName().toLowerCase(Locale.ROOT);
        return Stream.concat(names, served.isEmpty() ? Stream.empty() : Stream.of(served))
                .filter(Names::isName);
    }

    private static boolean covers(String row, Target target) {
        return target.hosts().stream().allMatch(h -> row.equals(h) || covers(row, h));
    }

    private static String own(Target target) {
        String host = target.host().toLowerCase(Locale.ROOT);
        return target.poolSize() > 0 ? "*" + host.substring(host.indexOf('.')) : host;
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches() && !ADDRESS.matcher(text).matches();
    }

    /** The wildcard stands for the name too. */
    public static boolean covers(String wildcard, String name) {
        return wildcard.startsWith("*.") && !name.equals(wildcard) && isBelow(base(name), base(wildcard));
    }

    /** Without the wildcard's star: the domain itself. */
    public static String base(String name) {
        return name.startsWith("*.") ? name.substring(2) : name;
    }

    /** The domains that all of these names lie in or are, none below another: for languages in which a domain stands for all below. */
    public static List<String> domains(List<String> names) {
        TreeSet<String> bases = new TreeSet<>(names.stream().map(Names::base).toList());
        return bases.stream()
                .filter(n -> names.stream().noneMatch(o -> o.startsWith("*.") && isBelow(n, base(o))))
                .toList();
    }

    /** The domain stands for all below it as well. */
    public static boolean isWildcard(String domain, List<String> names) {
        return names.contains("*." + domain);
    }

    private static boolean isBelow(String name, String domain) {
        return name.endsWith("." + domain);
    }

    /** The host is Apple's: its blocks are worth naming to a packet filter. */
    public static boolean isApples(String host) {
        return APPLES.stream().anyMatch(d -> host.equals(d) || isBelow(host, d));
    }

    /** The host is always in Apple's blocks. */
    public static boolean isAtHome(String host) {
        return AT_HOME.stream().anyMatch(d -> host.equals(d) || isBelow(host, d)) && !host.startsWith("init-p01st.");
    }
}
