package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.Family;
import java.util.Optional;

/** Writes an allow-list in any of the languages. */
public final class Exporter {
    private Exporter() {}

    /** @param proxy HOST:PORT to which a proxy script sends the rest; the others have no use for it */
    public static Written write(Allowlist list, Format format, Optional<String> proxy) {
        Draft draft = new Draft(list, format);
        switch (format) {
            case NFTABLES -> new NftablesRules(draft).write();
            case IPTABLES -> new IptablesRules(draft, Family.IPV4).write();
            case IP6TABLES -> new IptablesRules(draft, Family.IPV6).write();
            case ASA -> new AsaRules(draft).write();
            case SQUID -> new SquidRules(draft).write();
            case PAC -> new PacScript(draft, proxy).write();
            case LIST_NAMES -> PlainLists.names(draft);
            case LIST_IPV4 -> PlainLists.blocks(draft, Family.IPV4);
            case LIST_IPV6 -> PlainLists.blocks(draft, Family.IPV6);
            case CSV -> CsvTable.write(draft);
        }
        return draft.finish();
    }
}
