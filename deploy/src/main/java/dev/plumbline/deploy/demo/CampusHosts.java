package dev.plumbline.deploy.demo;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.Target;
import dev.plumbline.deploy.campus.HostEntry;
import dev.plumbline.deploy.campus.HostKind;
import java.util.List;

/** Tells the campus which names the catalog will ask for; what is retired stays without an address, as in the world. */
final class CampusHosts {
    private CampusHosts() {}

    static List<HostEntry> of(Catalog catalog) {
        return catalog.targets().stream()
                .filter(t -> t.obligation() != Obligation.RETIRED)
                .map(CampusHosts::entry)
                .toList();
    }

    private static HostEntry entry(Target target) {
        return new HostEntry(
                target.host(), target.port(), HostKind.ofWord(target.probe().word()));
    }
}
