package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.scope.Block;
import java.util.List;

/** IPv4 and IPv6 are written apart: boxes filter them apart. */
enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    static Family of(Block block) {
        return block.isIpv6() ? IPV6 : IPV4;
    }

    /** Apple's whole blocks of this family: single addresses of theirs change at any time. */
    List<Block> apple() {
        return of(Block.APPLE);
    }

    /** Those of the blocks that are of this family. */
    List<Block> of(List<Block> blocks) {
        return blocks.stream().filter(b -> of(b) == this).toList();
    }

    @Override
    public String toString() {
        return title;
    }
}
