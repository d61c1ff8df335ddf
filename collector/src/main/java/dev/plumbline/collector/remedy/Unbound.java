package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.Names;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.List;

/** Names that are answered with the world's answers, and clients that are answered at all. */
final class Unbound implements Writer {
    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (need.asks(Change.TRUE_NAMES)) {
            lines.add(hint(
                    "Behind every other local-zone: of two for one name the last counts. Where the answer comes from the"
                            + " server that is forwarded to, mend it there."));
            lines.add("server:");
            Names.domains(need.names()).forEach(d -> lines.add("    local-zone: \"" + d + ".\" always_transparent"));
        }
        if (need.asks(Change.CLIENTS) && !need.from().isEmpty()) {
            lines.add("server:");
            need.from().forEach(block -> lines.add("    access-control: " + block + " allow"));
        }
        if (need.asks(Change.QUESTIONS) && need.finding().mechanism() == Mechanism.DNS_TRUNCATED) {
            lines.add("server:");
            lines.add("    do-tcp: yes");
        }
        return lines;
    }

    private static String hint(String text) {
        return Dialect.UNBOUND.comment(text);
    }
}
