package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catalog editions}. */
@Command(name = "editions", description = "The editions, oldest first.", mixinStandardHelpOptions = true)
final class EditionsCommand implements Callable<Integer> {
    @Mixin
    private final Shown shown = new Shown();

    @Override
    public Integer call() {
        Catalog catalog = shown.catalog();
        Listing listing = new Listing("edition", "date", "derived", "rows", "targets", "title", "source");
        for (Edition e : catalog.editions()) {
            listing.add(
                    e.id(),
                    e.date(),
                    e.derived(),
                    catalog.rows(e.id()).size(),
                    catalog.targets(e.id()).size(),
                    e.title(),
                    e.source());
        }
        shown.print(listing);
        return 0;
    }
}
