package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Names;
import java.util.ArrayList;
import java.util.List;

/** Entries of a response policy zone that let a name through; of several zones the first that has the name decides. */
final class Rpz implements Writer {
    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (!need.asks(Change.TRUE_NAMES)) {
            return lines;
        }
        lines.add(Dialect.RPZ.comment(
                "Into the first policy zone of the resolver; names are relative to the zone's own."));
        List<String> names = need.names();
        for (String domain : Names.domains(names)) {
            lines.add(domain + " CNAME rpz-passthru.");
            if (Names.isWildcard(domain, names)) {
                lines.add("*." + domain + " CNAME rpz-passthru.");
            }
        }
        return lines;
    }
}
