package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.RowRef;
import dev.plumbline.catalog.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who asks for a target: the row of the edition in force and, where that is a list of our own, the newest printed one too. */
final class Citation {
    private Citation() {}

    static List<String> of(Target target, Catalog catalog, String edition) {
        List<String> quotes = new ArrayList<>();
        Optional<RowRef> inForce = row(target, edition).or(() -> row(target, RowRef.OVERLAY));
        inForce.ifPresent(r -> quotes.add(quote(target, r, catalog)));
        if (inForce.isEmpty() || isDerived(catalog, edition)) {
            newestPrinted(target, catalog).ifPresent(r -> quotes.add(quote(target, r, catalog)));
        }
        return quotes;
    }

    private static Optional<RowRef> newestPrinted(Target target, Catalog catalog) {
        return catalog.editions().stream()
                .filter(e -> !e.derived())
                .flatMap(e -> row(target, e.id()).stream())
                .reduce((older, newer) -> newer);
    }

    private static Optional<RowRef> row(Target target, String edition) {
        return target.sources().stream()
                .filter(r -> r.edition().equals(edition))
                .findFirst();
    }

    private static boolean isDerived(Catalog catalog, String edition) {
        return catalog.edition(edition).map(Edition::derived).orElse(false);
    }

    private static String quote(Target target, RowRef row, Catalog catalog) {
        String document = catalog.edition(row.edition()).map(Edition::source).orElse("added by this organisation");
        return target.id() + " is asked for by " + row.edition() + (row.line() > 0 ? ", line " + row.line() : "")
                + ": \"" + row.text() + "\" (" + document + ")";
    }
}
