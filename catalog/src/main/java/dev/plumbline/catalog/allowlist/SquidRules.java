package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.rules.Names;
import dev.plumbline.catalog.rules.SquidNames;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Access by name and port, and the list of names that are spliced and never decrypted. */
final class SquidRules {
    private final Draft draft;
    private final String tag;

    SquidRules(Draft draft) {
        this.draft = draft;
        this.tag = draft.list.tag();
    }

    void write() {
        List<Pass> carried = new ArrayList<>();
        for (Pass pass : draft.list.passes()) {
            if (pass.transport().equals(Transport.UDP)) {
                draft.gap(pass, "a proxy carries no UDP; let it out past the proxy");
            } else {
                carried.add(pass);
            }
        }
        notes(carried);
        if (draft.list.from().isEmpty()) {
            draft.line("acl " + tag + "_from src all");
        }
        draft.list.from().forEach(block -> draft.line("acl " + tag + "_from src " + block));
        int number = 0;
        for (Map.Entry<List<Integer>, List<Pass>> group : byPorts(carried).entrySet()) {
            number++;
            access(group.getKey(), group.getValue(), number);
        }
        splice(carried);
    }

    private void notes(List<Pass> carried) {
        draft.note("Ahead of the first http_access line and of the first ssl_bump line of squid.conf.");
        if (carried.stream().anyMatch(Pass::isWildcard)) {
            draft.note("A leading dot lets the domain itself out as well, which no row asks for.");
        }
        List<String> direct = carried.stream()
                .filter(p -> !p.rows().isEmpty()
                        && p.rows().stream()
                                .noneMatch(r -> r.proxy() == ProxyPolicy.YES || r.proxy() == ProxyPolicy.UNSTATED))
                .map(Pass::host)
                .distinct()
                .toList();
        if (!direct.isEmpty()) {
            draft.note(
                    "Devices reach these directly and ask no proxy for them, so that here they pass only where they are diverted"
                            + " to it: " + String.join(", ", direct));
        }
        if (draft.list.from().isEmpty()) {
            draft.note(draft.list.place() + " declares no addresses (cidrs): these lines hold for every source.");
        }
    }

    /** Hosts of the same ports stand together: an access line lets out every port of its list at every host of it. */
    private static Map<List<Integer>, List<Pass>> byPorts(List<Pass> carried) {
        Map<String, List<Pass>> byHost =
                carried.stream().collect(Collectors.groupingBy(Pass::host, TreeMap::new, Collectors.toList()));
        Map<List<Integer>, List<Pass>> groups = new LinkedHashMap<>();
        byHost.values()
                .forEach(passes -> groups.computeIfAbsent(
                                List.copyOf(new TreeSet<>(
                                        passes.stream().map(Pass::port).toList())),
                                x -> new ArrayList<>())
                        .addAll(passes));
        return groups;
    }

    private void access(List<Integer> ports, List<Pass> passes, int number) {
        draft.cite(passes);
        String acl = tag + "_ports_" + number;
        draft.line("acl " + acl + " port " + ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        List<String> names = names(passes);
        if (!names.isEmpty()) {
            draft.lines(SquidNames.acl(tag + "_names_" + number, "dstdomain", names));
            draft.line("http_access allow " + tag + "_from " + tag + "_names_" + number + " " + acl);
        }
        List<String> blocks = blocks(passes);
        if (!blocks.isEmpty()) {
            blocks.forEach(b -> draft.line("acl " + tag + "_blocks_" + number + " dst " + b));
            draft.line("http_access allow " + tag + "_from " + tag + "_blocks_" + number + " " + acl);
        }
    }

    private void splice(List<Pass> carried) {
        List<String> names = names(carried);
        List<String> blocks = blocks(carried);
        draft.remark("The splice list: TLS to these is passed on as it is.");
        draft.line("acl " + tag + "_hello at_step SslBump1");
        draft.line("ssl_bump peek " + tag + "_hello " + tag + "_from");
        if (!names.isEmpty()) {
            draft.lines(SquidNames.acl(tag + "_tls", "ssl::server_name", names));
            draft.line("ssl_bump splice " + tag + "_from " + tag + "_tls");
        }
        if (!blocks.isEmpty()) {
            blocks.forEach(b -> draft.line("acl " + tag + "_spliced dst " + b));
            draft.line("ssl_bump splice " + tag + "_from " + tag + "_spliced");
        }
    }

    private static List<String> names(List<Pass> passes) {
        return Names.shortest(
                passes.stream().filter(p -> !p.isBlock()).map(Pass::host).toList());
    }

    private static List<String> blocks(List<Pass> passes) {
        return passes.stream().filter(Pass::isBlock).map(Pass::host).distinct().toList();
    }
}
