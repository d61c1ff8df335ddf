package dev.plumbline.collector.rule;

import java.util.Set;

/** Which names belong together: the registrable domain, as far as the hosts of the catalog need it. */
final class Domains {
    private static final Set<String> TWO_LABEL_SUFFIXES = Set.of("com.cn", "co.uk", "com.au", "co.jp", "ac.uk");

    private Domains() {}

    static String registrable(String name) {
        String[] labels = name.split("\\.", -1);
        if (labels.length <= 2) {
            return name;
        }
        String two = labels[labels.length - 2] + "." + labels[labels.length - 1];
        return TWO_LABEL_SUFFIXES.contains(two) ? labels[labels.length - 3] + "." + two : two;
    }
}
