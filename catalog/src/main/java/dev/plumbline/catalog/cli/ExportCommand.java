package dev.plumbline.catalog.cli;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.allowlist.Allowlist;
import dev.plumbline.catalog.allowlist.Exporter;
import dev.plumbline.catalog.allowlist.Format;
import dev.plumbline.catalog.allowlist.Gap;
import dev.plumbline.catalog.allowlist.Written;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catalog export}: what a segment's firewall and proxy let out. */
@Command(
        name = "export",
        description = "Writes what a segment has to reach as rules for its firewall or proxy.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:Written, and the format says all of it",
            "1:Written, but for hosts that the format cannot say; each is told on the error stream and in a comment",
            "2:Nothing is written: wrong usage or configuration, with a sentence that says what would be right",
            "70:An internal error"
        })
final class ExportCommand implements Callable<Integer> {
    private static final String HOST = "(\\*\\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final ExportedPlace place = new ExportedPlace();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "nftables, iptables, ip6tables, asa, squid, pac, list-names, list-ipv4, list-ipv6 or csv.")
    private String format = "";

    @Option(
            names = "--address",
            paramLabel = "HOST=BLOCK",
            description =
                    "Where a host outside Apple's network is, as rows name it; several blocks with commas; may be repeated.")
    private Map<String, String> addresses = new LinkedHashMap<>();

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "Where a proxy script sends the rest (pac).")
    @Nullable
    private String proxy;

    @Option(names = "--with-optional", description = "Let out as well what an administrator may leave out.")
    private boolean withOptional;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file (standard: print).")
    @Nullable
    private Path out;

    @Option(names = "--force", description = "Write over a file that exists.")
    private boolean force;

    @Option(names = "--json", description = "The lines, and what they do not let out, as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Catalog catalog = place.catalog();
            ExportedPlace.Declared declared = place.declared(catalog);
            Format language = word(format);
            Optional<String> way = proxy(language);
            Allowlist list = Allowlist.of(catalog, declared.site(), declared.segment(), withOptional, blocks());
            if (list.passes().isEmpty()) {
                throw new ConfigException(List.of(declared.site().edition() + " asks for nothing of " + list.place()
                        + " with these roles, services and platforms; nothing is written"));
            }
            Written written = Exporter.write(list, language, way);
            tell(written);
            print(list, language, written);
            return written.gaps().isEmpty() ? 0 : 1;
        } catch (ConfigException e) {
            throw new RefusedException(spec.commandLine(), e.problems());
        }
    }

    private static Format word(String word) throws ConfigException {
        try {
            return Words.of(Format.class, word);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of("--format: " + e.getMessage()));
        }
    }

    private Optional<String> proxy(Format language) throws ConfigException {
        if ((proxy == null) == (language == Format.PAC)) {
            throw new ConfigException(List.of(
                    proxy == null
                            ? "--proxy: a proxy script names the proxy for everything else; give --proxy HOST:PORT"
                            : "--proxy: only a proxy script (--format pac) names one"));
        }
        if (proxy != null && !proxy.matches("([A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9a-fA-F:]+]):[1-9]\\d{0,4}")) {
            throw new ConfigException(
                    List.of("--proxy: '" + proxy + "' is no proxy; write HOST:PORT such as proxy.campus.example:3128"));
        }
        return Optional.ofNullable(proxy);
    }

    private Map<String, List<Block>> blocks() throws ConfigException {
        Map<String, List<Block>> blocks = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        addresses.forEach((host, listed) -> {
            String name = host.toLowerCase(Locale.ROOT);
            if (!name.matches(HOST)) {
                problems.add("--address: '" + host + "' is no host; write it as the rows do");
            }
            try {
                blocks.put(
                        name,
                        Arrays.stream(listed.split(",", -1)).map(Block::parse).toList());
            } catch (IllegalArgumentException e) {
                problems.add("--address: " + host + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return blocks;
    }

    private void tell(Written written) {
        if (written.gaps().isEmpty()) {
            return;
        }
        written.gaps().forEach(g -> spec.commandLine().getErr().println("not let out: " + g));
        spec.commandLine().getErr().flush();
    }

    private void print(Allowlist list, Format language, Written written) throws ConfigException {
        String text = json ? Json.of(facts(list, language, written)) + "\n" : String.join("\n", written.lines()) + "\n";
        if (out != null) {
            NewFile.write(out, text, force);
            return;
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private static Map<String, Object> facts(Allowlist list, Format language, Written written) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("segment", list.place());
        facts.put("edition", list.edition());
        facts.put("format", language.word());
        facts.put("pairs", list.passes().size());
        facts.put("lines", written.lines());
        facts.put("notes", written.notes());
        facts.put(
                "not-let-out", written.gaps().stream().map(ExportCommand::fact).toList());
        return facts;
    }

    private static Map<String, Object> fact(Gap gap) {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("host", gap.pass().host());
        fact.put("transport", gap.pass().transport().word());
        fact.put("port", gap.pass().port());
        fact.put("why", gap.why());
        return fact;
    }
}
