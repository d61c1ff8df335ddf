package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.Words;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code catalog targets}. */
@Command(name = "targets", description = "What is probed for the rows.", mixinStandardHelpOptions = true)
final class TargetsCommand implements Callable<Integer> {
    @Mixin
    private final Shown shown = new Shown();

    @Option(names = "--edition", paramLabel = "EDITION", description = "Only those that serve this edition.")
    @Nullable
    private String edition;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Only those that device, mdm-server or content-cache needs.")
    @Nullable
    private String role;

    @Override
    public Integer call() {
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

    private static List<String> words(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Words::of).sorted().toList();
    }
}
