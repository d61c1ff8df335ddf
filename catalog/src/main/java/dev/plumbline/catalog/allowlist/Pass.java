package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.Row;
import dev.plumbline.words.Transport;
import java.util.List;

/**
 * A host and port that has to be let out.
 *
 * @param host a name, a wildcard such as {@code *.push.apple.com}, or an address block, as the rows print it
 * @param rows who asks for it, none for a target of an overlay
 */
public record Pass(String host, Transport transport, int port, List<Row> rows) {
    public Pass {
        rows = List.copyOf(rows);
    }

    boolean isBlock() {
        return host.indexOf('/') >= 0;
    }

    boolean isWildcard() {
        return host.startsWith("*.");
    }

    /** As people say it: {@code gs.apple.com tcp/443}. */
    String said() {
        return host + " " + transport.word() + "/" + port;
    }

    /** Who asks for it: edition and row. */
    String cited() {
        if (rows.isEmpty()) {
            return "an overlay of this organisation";
        }
        List<String> all = rows.stream()
                .map(r -> r.edition() + (r.line() > 0 ? " line " + r.line() : "") + " (" + r.section() + ")")
                .distinct()
                .toList();
        return String.join(", ", all);
    }
}
