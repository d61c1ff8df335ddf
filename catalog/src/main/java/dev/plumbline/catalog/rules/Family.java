package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.scope.Block;
import java.util.List;

/** IPv4 and IPv6 are written apart: boxes filter them apart. */
public enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    public static Family of(Block block) {
        return block.isIpv6() ? IPV6 : IPV4;
    }

    /** Apple's whole blocks of this family: single addresses of theirs change at any time. */
    public List<Block> apple() {
        return of(Block.APPLE);
    }

    /** Those of the blocks that are of this family. */
    public List<Block> of(List<Block> blocks) {
        return blocks.stream().filter(b -> of(b) == this).toList();
    }

    @Override
    public String toString() {
        return title;
    }
}
