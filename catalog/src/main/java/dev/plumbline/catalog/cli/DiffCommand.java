package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.EditionDiff;
import dev.plumbline.catalog.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code catalog diff}. */
@Command(name = "diff", description = "What changed from one edition to another.", mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final Shown shown = new Shown();

    @Parameters(index = "0", paramLabel = "FROM")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO")
    private String to = "";

    @Override
    public Integer call() {
        Catalog catalog = shown.catalog();
        Listing listing = new Listing("change", "host", "port", "protocol", "what");
        EditionDiff.between(
                        catalog.rows(shown.edition(catalog, from).id()),
                        catalog.rows(shown.edition(catalog, to).id()))
                .forEach(c -> listing.add(Words.of(c.kind()), c.host(), c.port(), c.protocol(), c.what()));
        shown.print(listing);
        return 0;
    }
}
