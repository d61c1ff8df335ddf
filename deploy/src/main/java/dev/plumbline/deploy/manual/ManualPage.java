package dev.plumbline.deploy.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page of one command, made of what {@code --help} is made of: the two cannot differ.
 *
 * @param name such as {@code plumbline-segment-add}
 */
record ManualPage(String name, String text) {
    /** Of a program and of all its commands, each its own. */
    static List<ManualPage> all(CommandLine program, String version) {
        List<ManualPage> pages = new ArrayList<>();
        pages.add(of(program.getCommandSpec(), version));
        distinct(program).forEach(command -> pages.addAll(all(command, version)));
        return pages;
    }

    /** A command may have several names. */
    private static List<CommandLine> distinct(CommandLine program) {
        return List.copyOf(new LinkedHashSet<>(program.getSubcommands().values()));
    }

    private static ManualPage of(CommandSpec command, String version) {
        String name = command.qualifiedName("-");
        Help help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
        List<String> described = Arrays.stream(command.usageMessage().description())
                .map(line -> rendered(line))
                .toList();
        Roff page = new Roff(name, command.root().name() + " " + version);
        page.section("NAME").inline(name + " - " + heading(described, name));
        page.section("SYNOPSIS").verbatim(help.synopsis(0).strip());
        if (!described.isEmpty()) {
            page.section("DESCRIPTION");
            described.forEach(page::plain);
        }
        arguments(page, command);
        options(page, command);
        commands(page, command);
        exitStatus(page, command);
        Arrays.stream(command.usageMessage().footer()).map(ManualPage::rendered).forEach(page::plain);
        seeAlso(page, command);
        return new ManualPage(name, page.toString());
    }

    private static String rendered(String text) {
        return Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%")).strip();
    }

    /** As whatis(1) shows it: one line without a full stop. */
    private static String heading(List<String> described, String name) {
        String first = described.isEmpty() ? name : described.get(0);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static void arguments(Roff page, CommandSpec command) {
        List<PositionalParamSpec> arguments =
                command.positionalParameters().stream().filter(p -> !p.hidden()).toList();
        if (!arguments.isEmpty()) {
            page.section("ARGUMENTS");
            arguments.forEach(a -> page.term(a.paramLabel(), said(a)));
        }
    }

    private static void options(Roff page, CommandSpec command) {
        List<OptionSpec> options = command.options().stream()
                .filter(o -> !o.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
        if (!options.isEmpty()) {
            page.section("OPTIONS");
            options.forEach(o -> page.term(names(o), said(o)));
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static String said(ArgSpec argument) {
        String standard = argument.defaultValueString();
        return Arrays.stream(argument.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(standard))
                        .replace("${COMPLETION-CANDIDATES}", candidates(argument)))
                .map(ManualPage::rendered)
                .collect(Collectors.joining(" "));
    }

    private static String candidates(ArgSpec argument) {
        Iterable<String> all = argument.completionCandidates();
        return all == null ? "" : String.join(", ", all);
    }

    private static void commands(Roff page, CommandSpec command) {
        List<CommandLine> commands = distinct(command.commandLine());
        if (!commands.isEmpty()) {
            page.section("COMMANDS");
            commands.forEach(c -> page.term(
                    c.getCommandName(),
                    Arrays.stream(c.getCommandSpec().usageMessage().description())
                            .map(ManualPage::rendered)
                            .collect(Collectors.joining(" "))));
        }
    }

    private static void exitStatus(Roff page, CommandSpec command) {
        Map<String, String> codes = command.usageMessage().exitCodeList();
        if (!codes.isEmpty()) {
            page.section("EXIT STATUS");
            codes.forEach((code, meaning) -> page.term(code, rendered(meaning)));
        }
    }

    private static void seeAlso(Roff page, CommandSpec command) {
        Stream<CommandSpec> below = distinct(command.commandLine()).stream().map(CommandLine::getCommandSpec);
        Stream<CommandSpec> above = Stream.ofNullable(command.parent());
        String others = Stream.concat(above, below)
                .map(c -> c.qualifiedName("-") + "(1)")
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            page.section("SEE ALSO").inline(others);
        }
    }
}
