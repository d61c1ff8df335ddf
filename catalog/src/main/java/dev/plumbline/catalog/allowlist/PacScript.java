package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.rules.AsaGroups;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.rules.PacTest;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.words.Transport;
import java.util.List;
import java.util.Optional;

/** A whole proxy script: what the rows ask for goes the direct way, the rest to a proxy. */
final class PacScript {
    private final Draft draft;
    private final String proxy;

    PacScript(Draft draft, Optional<String> proxy) {
        this.draft = draft;
        this.proxy = proxy.orElseThrow(() -> new IllegalArgumentException("a proxy script names a proxy"));
    }

    void write() {
        List<Pass> asked = draft.list.passes().stream()
                .filter(p -> p.transport().equals(Transport.TCP))
                .toList();
        draft.note(
                "A script chooses the way by host and whatever the port; the firewall has to let the direct way out as well.");
        List<String> names = Names.shortest(
                asked.stream().filter(p -> !p.isBlock()).map(Pass::host).toList());
        draft.line("function FindProxyForURL(url, host) {");
        List<String> domains = Names.domains(names);
        List<String> tests = PacTest.hosts(names);
        for (int i = 0; i < domains.size(); i++) {
            String domain = domains.get(i);
            draft.cite(asked.stream()
                    .filter(p -> Names.base(p.host()).equals(domain) || Names.covers("*." + domain, p.host()))
                    .toList());
            draft.line("  if (" + tests.get(i) + ") { return \"DIRECT\"; }");
        }
        asked.stream().filter(Pass::isBlock).forEach(this::block);
        draft.line("  return \"PROXY " + proxy + "\";");
        draft.line("}");
    }

    /** Only a host that is an address: a script that resolves every name makes every page wait. */
    private void block(Pass pass) {
        Block block = Block.around(pass.host());
        if (block.isIpv6()) {
            draft.gap(pass, "a script compares no IPv6 address; hosts there are reached through the proxy");
            return;
        }
        draft.cite(List.of(pass));
        draft.line("  if (/^[0-9.]+$/.test(host) && isInNet(host, \"" + block.network() + "\", \""
                + AsaGroups.mask(block.prefix()) + "\")) { return \"DIRECT\"; }");
    }
}
