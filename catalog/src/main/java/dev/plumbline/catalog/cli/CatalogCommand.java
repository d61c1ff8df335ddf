package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Edition;
import dev.plumbline.catalog.EditionDiff;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code catalog}: what the documents ask for and what is probed for it. Exit codes: 0 shown, 2 wrong use or configuration. */
@Command(
        name = "catalog",
        description = "Show the editions of Apple's list, their rows and the targets derived from them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Shown",
            "2:Wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error"
        })
public final class CatalogCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: editions, rows, targets or diff");
    }

    /** Options of every subcommand. */
    static final class Shown {
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

        private RefusedException refused(String sentence) {
            return new RefusedException(spec.commandLine(), sentence);
        }
    }

    /** Wrong use that is told in one sentence, without the usage. */
    private static final class RefusedException extends ParameterException {
        private static final long serialVersionUID = 1L;

        RefusedException(CommandLine command, String sentence) {
            super(command, sentence);
        }
    }

    /** A command line whose wrong use is one sentence on the error stream and exit code 2. */
    public static CommandLine commandLine() {
        return configured(new CommandLine(new CatalogCommand()));
    }

    /** Makes refusals of this command one sentence; other commands of the same line keep their own handler. */
    public static CommandLine configured(CommandLine line) {
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((e, args) -> {
            if (e instanceof RefusedException) {
                e.getCommandLine().getErr().println(e.getMessage());
                e.getCommandLine().getErr().flush();
                return 2;
            }
            return usual.handleParseException(e, args);
        });
        return line;
    }

    @Command(name = "editions", description = "The editions, oldest first.", mixinStandardHelpOptions = true)
    int editions(@CommandLine.Mixin Shown shown) {
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

    @Command(
            name = "rows",
            description = "Entries as printed, one host-and-port pair a line.",
            mixinStandardHelpOptions = true)
    int rows(
            @CommandLine.Mixin Shown shown,
            @Option(names = "--edition", paramLabel = "EDITION", description = "Only of this edition.") @Nullable
                    String edition) {
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

    @Command(name = "targets", description = "What is probed for the rows.", mixinStandardHelpOptions = true)
    int targets(
            @CommandLine.Mixin Shown shown,
            @Option(names = "--edition", paramLabel = "EDITION", description = "Only those that serve this edition.")
                    @Nullable
                    String edition,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "Only those that device, mdm-server or content-cache needs.")
                    @Nullable
                    String role) {
        Catalog catalog = shown.catalog();
        List<Target> targets = edition == null
                ? catalog.targets()
                : catalog.targets(shown.edition(catalog, edition).id());
        Optional<Role> only = Optional.ofNullable(role).map(r -> shown.word(Role.class, "--role", r));
        List<Target> chosen = targets.stream()
                .filter(t -> only.isEmpty() || t.roles().contains(only.get()))
                .toList();
        shown.print(shown.format() == Listing.Format.TABLE ? inShort(chosen) : inFull(chosen));
        return 0;
    }

    /** For people, within 100 columns: how each is probed, and why it is not where it is not. */
    private static Listing inShort(List<Target> targets) {
        Listing listing = new Listing("target", "probe", "obligation");
        targets.forEach(t -> listing.add(
                t.id(),
                t.probe().word(),
                Words.of(t.obligation())
                        + t.retiredOn().map(on -> " since " + on + "").orElse("")));
        return listing;
    }

    private static Listing inFull(List<Target> targets) {
        Listing listing = new Listing(
                "target",
                "host",
                "port",
                "transport",
                "probe",
                "identity",
                "obligation",
                "retired",
                "roles",
                "services",
                "platforms",
                "proxy");
        targets.forEach(t -> listing.add(
                t.id(),
                t.host(),
                t.port(),
                t.transport().word(),
                t.probe().word(),
                Words.of(t.identity()),
                Words.of(t.obligation()),
                t.retiredOn().map(String::valueOf).orElse(""),
                words(t.roles()),
                words(t.services()),
                words(t.platforms()),
                Words.of(t.proxy())));
        return listing;
    }

    @Command(name = "diff", description = "What changed from one edition to another.", mixinStandardHelpOptions = true)
    int diff(
            @CommandLine.Mixin Shown shown,
            @Parameters(paramLabel = "FROM") String from,
            @Parameters(paramLabel = "TO") String to) {
        Catalog catalog = shown.catalog();
        Listing listing = new Listing("change", "host", "port", "protocol", "what");
        EditionDiff.between(
                        catalog.rows(shown.edition(catalog, from).id()),
                        catalog.rows(shown.edition(catalog, to).id()))
                .forEach(c -> listing.add(Words.of(c.kind()), c.host(), c.port(), c.protocol(), c.what()));
        shown.print(listing);
        return 0;
    }

    private static List<String> words(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Words::of).sorted().toList();
    }
}
