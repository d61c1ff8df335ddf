package dev.plumbline.collector.explain;

import dev.plumbline.catalog.scope.Block;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The blocks that Apple's documents and the vendors' notes tell administrators to write; a rule names one of them first of all. */
final class CatalogBlocks {
    /** The push service's, expected and acceptable (domain facts section 4), then notarisation's of the older editions. */
    static final List<Block> ALL = List.of(
            Block.parse("17.0.0.0/8"),
            Block.parse("17.249.0.0/16"),
            Block.parse("17.252.0.0/16"),
            Block.parse("17.57.144.0/22"),
            Block.parse("17.188.128.0/18"),
            Block.parse("17.188.20.0/23"),
            Block.parse("2620:149::/32"),
            Block.parse("2403:300::/32"),
            Block.parse("2a01:b740::/32"),
            Block.parse("2620:149:a44::/48"),
            Block.parse("2403:300:a42::/48"),
            Block.parse("2403:300:a51::/48"),
            Block.parse("2a01:b740:a42::/48"),
            Block.parse("17.248.128.0/18"),
            Block.parse("17.250.64.0/18"),
            Block.parse("17.248.192.0/19"));

    static final Set<String> WORDS = words();

    private CatalogBlocks() {}

    private static Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        ALL.forEach(b -> words.add(b.toString()));
        return words;
    }
}
