package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.EditionFile;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Words;
import dev.plumbline.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every subcommand that lists. */
final class Shown {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--overlay", paramLabel = "FILE", description = "Apply an overlay; may be repeated.")
    private List<Path> overlays = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, tsv or json (standard: table).")
    private String format = "table";

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    Catalog catalog() {
        try {
            return Catalog.load(overlays);
        } catch (ConfigException e) {
            throw refused(String.join(System.lineSeparator(), e.problems()));
        }
    }

    Edition edition(Catalog catalog, String id) {
        return catalog.edition(id)
                .orElseThrow(() -> refused("there is no edition '" + id + "'; there are "
                        + String.join(
                                ", ",
                                catalog.editions().stream().map(Edition::id).toList())));
    }

    /** The rows of an edition that the catalog has, or of an edition file. */
    List<Row> rows(Catalog catalog, String idOrFile) {
        if (catalog.edition(idOrFile).isPresent()) {
            return catalog.rows(idOrFile);
        }
        if (!Files.exists(Path.of(idOrFile)) && !idOrFile.contains("/") && !idOrFile.endsWith(".tsv")) {
            return catalog.rows(edition(catalog, idOrFile).id());
        }
        try {
            return EditionFile.read(Path.of(idOrFile)).rows();
        } catch (ConfigException e) {
            throw refused(String.join(System.lineSeparator(), e.problems()));
        }
    }

    <E extends Enum<E>> E word(Class<E> type, String option, String word) {
        try {
            return Words.of(type, word);
        } catch (IllegalArgumentException e) {
            throw refused(option + ": " + e.getMessage());
        }
    }

    Listing.Format format() {
        return json ? Listing.Format.JSON : word(Listing.Format.class, "--format", format);
    }

    void print(Listing listing) {
        listing.print(format(), spec.commandLine().getOut());
    }

    RefusedException refused(String sentence) {
        return new RefusedException(spec.commandLine(), sentence);
    }
}
