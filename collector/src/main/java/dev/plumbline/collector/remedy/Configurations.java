package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A finding's remedy in every language that has something to say about it. Pure. */
public final class Configurations {
    private static final int SHOWN = 6;
    private static final Set<Dialect> BY_ADDRESS = EnumSet.of(
            Dialect.NFTABLES, Dialect.IPTABLES, Dialect.IP6TABLES, Dialect.ASA, Dialect.LIST_IPV4, Dialect.LIST_IPV6);
    private static final Set<Dialect> BY_SOURCE =
            EnumSet.of(Dialect.NFTABLES, Dialect.IPTABLES, Dialect.IP6TABLES, Dialect.ASA, Dialect.SQUID);

    private Configurations() {}

    /** In the order of the dialects; empty where no configuration mends the finding. */
    public static List<Configuration> of(WorkOrder order) {
        Need need = new Need(order);
        List<Configuration> all = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            List<String> written = writer(dialect).write(need);
            if (!written.isEmpty()) {
                List<String> lines = new ArrayList<>();
                need.about().forEach(text -> lines.add(dialect.comment(text)));
                notes(dialect, need).forEach(text -> lines.add(dialect.comment(text)));
                lines.addAll(written);
                all.add(new Configuration(dialect, lines));
            }
        }
        return all;
    }

    private static Writer writer(Dialect dialect) {
        return switch (dialect) {
            case NFTABLES -> new Nftables();
            case IPTABLES -> Iptables.four();
            case IP6TABLES -> Iptables.six();
            case ASA -> new Asa();
            case SYSCTL -> new Sysctl();
            case SQUID -> new Squid();
            case PAC -> new Pac();
            case UNBOUND -> new Unbound();
            case RPZ -> new Rpz();
            case LIST_IPV4 -> new BlockList(Family.IPV4);
            case LIST_IPV6 -> new BlockList(Family.IPV6);
            case LIST_NAMES -> new NameList();
        };
    }

    /** What the lines leave out, and for whom they hold. */
    private static List<String> notes(Dialect dialect, Need need) {
        List<String> notes = new ArrayList<>();
        if (BY_ADDRESS.contains(dialect) && need.asks(Change.PASS, Change.BYPASS, Change.TELL)) {
            List<String> strangers = need.strangers();
            if (!strangers.isEmpty()) {
                notes.add("Outside Apple's network, to be allowed by name (" + Dialect.LIST_NAMES.word() + "): "
                        + String.join(", ", strangers.subList(0, Math.min(SHOWN, strangers.size())))
                        + (strangers.size() > SHOWN ? " and " + (strangers.size() - SHOWN) + " more" : ""));
            }
            if (need.mayWander()) {
                notes.add("Hosts of Apple's may also answer from content networks outside these blocks: where the box"
                        + " can, allow them by name as well (" + Dialect.LIST_NAMES.word() + ").");
            }
        }
        if (BY_SOURCE.contains(dialect)) {
            if (need.from().isEmpty()) {
                notes.add(need.finding().place() + " declares no addresses (cidrs): this holds for every source.");
            } else if (dialect == Dialect.NFTABLES || dialect == Dialect.ASA) {
                for (Family family : Family.values()) {
                    if (need.isWithout(family)) {
                        notes.add(need.finding().place() + " declares no " + family
                                + " block (cidrs): nothing is written for " + family + ".");
                    }
                }
            }
        }
        return notes;
    }
}
