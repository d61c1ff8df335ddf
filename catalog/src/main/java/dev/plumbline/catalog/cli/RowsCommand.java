package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code catalog rows}. */
@Command(
        name = "rows",
        description = "Entries as printed, one host-and-port pair a line.",
        mixinStandardHelpOptions = true)
final class RowsCommand implements Callable<Integer> {
    @Mixin
    private final Shown shown = new Shown();

    @Option(names = "--edition", paramLabel = "EDITION", description = "Only of this edition.")
    @Nullable
    private String edition;

    @Override
    public Integer call() {
        Catalog catalog = shown.catalog();
        List<Row> rows = edition == null
                ? catalog.rows()
                : catalog.rows(shown.edition(catalog, edition).id());
        // Tab-separated lines have these eight columns and no others: scripts rely on it.
        boolean printedOnly = shown.format() == Listing.Format.TSV;
        List<String> columns = new ArrayList<>(
                List.of("edition", "section", "host", "port", "protocol", "os", "proxy", "description"));
        if (!printedOnly) {
            columns.addAll(List.of("line", "confidence"));
        }
        Listing listing = new Listing(columns);
        for (Row r : rows) {
            List<Object> values = new ArrayList<>(List.of(
                    r.edition(),
                    r.section(),
                    r.host(),
                    r.port(),
                    r.protocol(),
                    r.os(),
                    Words.of(r.proxy()),
                    r.description()));
            if (!printedOnly) {
                values.addAll(List.of(r.line(), Words.of(r.confidence())));
            }
            listing.add(values.toArray());
        }
        shown.print(listing);
        return 0;
    }
}
