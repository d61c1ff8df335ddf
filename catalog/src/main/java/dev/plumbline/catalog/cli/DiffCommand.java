package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.EditionDiff;
import dev.plumbline.catalog.HostDiff;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Words;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code catalog diff}: for people one line a host; for programs one a pair, with what is said of its host. */
@Command(name = "diff", description = "What changed from one edition to another.", mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final Shown shown = new Shown();

    @Parameters(index = "0", paramLabel = "FROM", description = "An edition's id, or an edition file.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "An edition's id, or an edition file.")
    private String to = "";

    @Override
    public Integer call() {
        Catalog catalog = shown.catalog();
        List<Row> before = shown.rows(catalog, from);
        List<Row> after = shown.rows(catalog, to);
        List<HostDiff.Change> hosts = HostDiff.between(before, after);
        switch (shown.format()) {
            case TABLE -> {
                Listing listing = new Listing("change", "host", "what");
                hosts.forEach(c -> listing.add(said(c.kind()), c.host(), c.what()));
                shown.print(listing);
            }
            case TSV -> {
                Listing listing = new Listing("change", "host", "port", "protocol", "what");
                EditionDiff.between(before, after)
                        .forEach(c -> listing.add(Words.of(c.kind()), c.host(), c.port(), c.protocol(), c.what()));
                shown.print(listing);
            }
            case JSON -> {
                Map<String, HostDiff.Change> byHost =
                        hosts.stream().collect(Collectors.toMap(HostDiff.Change::host, c -> c));
                Listing listing = new Listing("change", "host", "port", "protocol", "what", "of-host", "of-host-what");
                for (EditionDiff.Change c : EditionDiff.between(before, after)) {
                    HostDiff.Change host = byHost.get(c.host());
                    listing.add(
                            Words.of(c.kind()),
                            c.host(),
                            c.port(),
                            c.protocol(),
                            c.what(),
                            host == null ? "" : said(host.kind()),
                            host == null ? "" : host.what());
                }
                shown.print(listing);
            }
        }
        return 0;
    }

    private static String said(HostDiff.Kind kind) {
        return Words.of(kind).replace('-', ' ');
    }
}
