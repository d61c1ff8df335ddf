package dev.plumbline.collector.rule;

import java.util.Set;

/** Which names belong together: the registrable domain, as far as the hosts of the catalog need it. */
final class Domains {
    private static final Set<String> TWO_LABEL_SUFFIXES = Set.of("com.cn", "co.uk", "com.au", "co.jp", "ac.uk");

    private Domains() {}

    static String registrable(String name) {
        int two = beforeLabels(name, 2);
        return two > 0 && TWO_LABEL_SUFFIXES.contains(name.substring(two))
                ? name.substring(beforeLabels(name, 3))
                : name.substring(two);
    }

    /** Where the last labels of a name begin; 0 when it has no more than these. */
    private static int beforeLabels(String name, int labels) {
        int dot = name.length();
        for (int i = 0; i < labels && dot >= 0; i++) {
            dot = name.lastIndexOf('.', dot - 1);
        }
        return dot + 1;
    }
}
