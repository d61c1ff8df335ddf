package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.rules.PacTest;
import java.util.ArrayList;
import java.util.List;

/** The first lines of {@code FindProxyForURL(url, host)}: what is Apple's goes the direct way. */
final class Pac implements Writer {
    @Override
    public List<String> write(Need need) {
        List<String> lines = new ArrayList<>();
        if (!need.asks(Change.DIRECT)) {
            return lines;
        }
        lines.add(Dialect.PAC.comment("First of all within function FindProxyForURL(url, host)."));
        PacTest.hosts(need.names()).forEach(test -> lines.add("if (" + test + ") { return \"DIRECT\"; }"));
        return lines;
    }
}
