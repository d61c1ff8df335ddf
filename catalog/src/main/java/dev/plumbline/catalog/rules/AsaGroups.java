package dev.plumbline.catalog.rules;

import dev.plumbline.catalog.scope.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Object groups of a Cisco ASA, each declared once. */
public final class AsaGroups {
    private final String tag;
    private final Map<List<Block>, String> names = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    /** @param tag what their names begin with */
    public AsaGroups(String tag) {
        this.tag = tag;
    }

    /** The words of an access list for these blocks. */
    public String of(String end, Family family, List<Block> blocks) {
        return "object-group " + names.computeIfAbsent(blocks, b -> declare(end, family, b));
    }

    private String declare(String end, Family family, List<Block> blocks) {
        String name =
                tag + "_" + end + (family == Family.IPV4 ? "_4" : "_6") + (names.isEmpty() ? "" : "_" + names.size());
        lines.add("object-group network " + name);
        blocks.forEach(b -> lines.add(" network-object " + object(b)));
        return name;
    }

    /** What declares those that were asked for. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The words for every address of a family. */
    public static String any(Family family) {
        return family == Family.IPV4 ? "any4" : "any6";
    }

    private static String object(Block block) {
        if (block.isIpv6()) {
            return block.toString();
        }
        return block.prefix() == 32 ? "host " + block.network() : block.network() + " " + mask(block.prefix());
    }

    /** An IPv4 prefix length in dotted form. */
    public static String mask(int prefix) {
        List<String> octets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int ones = Math.max(0, Math.min(8, prefix - 8 * i));
            octets.add(Integer.toString(256 - (1 << (8 - ones))));
        }
        return String.join(".", octets);
    }
}
