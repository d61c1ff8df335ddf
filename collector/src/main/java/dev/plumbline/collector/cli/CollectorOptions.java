package dev.plumbline.collector.cli;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which collector to ask, shared by all commands. */
final class CollectorOptions {
    static final String CONFIG_VARIABLE = "PLUMBLINE_CONFIG";

    @Option(names = "--collector", paramLabel = "HOST:PORT", description = "address of the collector")
    @Nullable
    String collector;

    @Option(names = "--certificate", paramLabel = "FILE", description = "operator's certificate (PEM)")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "operator's key (PEM, PKCS #8)")
    @Nullable
    Path key;

    @Option(names = "--trust", paramLabel = "FILE", description = "the site's certificate authority (PEM)")
    @Nullable
    Path trust;

    /**
     * The options where given, the rest from the file that {@value #CONFIG_VARIABLE} names, or
     * {@code ~/.config/plumbline/client.yaml}.
     */
    ClientConfig resolve(@Nullable String configVariable, Path home) throws CommandFailure {
        if (collector != null && certificate != null && key != null && trust != null) {
            return new ClientConfig(address(collector), new TlsFiles(certificate, key, trust));
        }
        Path file = configVariable != null && !configVariable.isEmpty()
                ? Path.of(configVariable)
                : home.resolve(".config/plumbline/client.yaml");
        if (!Files.exists(file)) {
            throw new CommandFailure(ExitCode.USAGE, missing(file));
        }
        try {
            ClientConfig read = ClientConfig.read(file);
            return new ClientConfig(
                    collector != null ? address(collector) : read.collector(),
                    new TlsFiles(
                            or(certificate, read.identity().certificate()),
                            or(key, read.identity().key()),
                            or(trust, read.identity().trust())));
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static String address(String text) throws CommandFailure {
        try {
            return ClientConfig.checked(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--collector: " + e.getMessage());
        }
    }

    private String missing(Path file) {
        boolean some = Stream.of(collector, certificate, key, trust).anyMatch(o -> o != null);
        return (some ? "some options are missing and " : "no collector is named: ")
                + file
                + " does not exist; give --collector, --certificate, --key and --trust, or write collector: HOST:PORT and"
                + " identity: {certificate: F, key: F, trust: F} into that file, or name another by " + CONFIG_VARIABLE;
    }

    private static Path or(@Nullable Path given, Path other) {
        return given != null ? given : other;
    }
}
