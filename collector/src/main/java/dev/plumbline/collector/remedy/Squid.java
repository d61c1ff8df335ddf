package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.SquidNames;
import java.util.ArrayList;
import java.util.List;

/** Exemption from decryption (peek and splice) and from what is denied by name. */
final class Squid implements Writer {
    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (need.asks(Change.UNOPENED)) {
            lines.add(hint("Ahead of the first ssl_bump line."));
            clients(lines, need);
            names(lines, need, "ssl::server_name");
            lines.add("acl " + need.tag() + "_hello at_step SslBump1");
            lines.add("ssl_bump peek " + need.tag() + "_hello " + need.tag() + "_from");
            lines.add("ssl_bump splice " + need.tag() + "_from " + need.tag() + "_names");
        }
        if (need.asks(Change.UNFILTERED)) {
            lines.add(hint("Ahead of the first http_access line that denies."));
            clients(lines, need);
            names(lines, need, "dstdomain");
            lines.add("http_access allow " + need.tag() + "_from " + need.tag() + "_names");
        }
        return lines;
    }

    private static void clients(List<String> lines, Need need) {
        if (need.from().isEmpty()) {
            lines.add("acl " + need.tag() + "_from src all");
        }
        need.from().forEach(block -> lines.add("acl " + need.tag() + "_from src " + block));
    }

    private static void names(List<String> lines, Need need, String kind) {
        lines.addAll(SquidNames.acl(need.tag() + "_names", kind, need.names()));
    }

    private static String hint(String text) {
        return Dialect.SQUID.comment(text);
    }
}
