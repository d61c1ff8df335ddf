package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.scope.Block;
import java.util.List;
import java.util.stream.Collectors;

/** Matches of nftables: each ends so that another may follow. */
public final class NftablesMatch {
    private NftablesMatch() {}

    /** @param end saddr or daddr; without blocks every address matches */
    public static String address(Family family, String end, List<Block> blocks) {
        return blocks.isEmpty() ? "" : (family == Family.IPV4 ? "ip" : "ip6") + " " + end + " " + set(blocks) + " ";
    }

    /** @param end sport or dport */
    public static String ports(Flow flow, String end) {
        return flow.transport().word() + " " + end + " " + set(flow.ports());
    }

    private static String set(List<?> items) {
        String all = items.stream().map(Object::toString).collect(Collectors.joining(", "));
        return items.size() == 1 ? all : "{ " + all + " }";
    }
}
