package dev.plumbline.collector.cli;

import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which collector to ask, shared by all commands. */
final class CollectorOptions {
    static final String CONFIG_VARIABLE = "PLUMBLINE_CONFIG";

    @Option(names = "--collector", paramLabel = "HOST:PORT", description = "address of the collector")
    @Nullable
    String collector;

    @Option(names = "--token", paramLabel = "FILE", description = "file with the asker's token")
    @Nullable
    Path token;

    @Option(names = "--certificate", paramLabel = "FILE", description = "operator's certificate (PEM)")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "operator's key (PEM, PKCS #8)")
    @Nullable
    Path key;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "authority of the collector's certificate, as a rule the site's (PEM)")
    @Nullable
    Path trust;

    /**
     * The options where given, the rest from the file that {@value #CONFIG_VARIABLE} names, or
     * {@code ~/.config/plumbline/client.yaml}.
     */
    ClientConfig resolve(@Nullable String configVariable, Path home) throws CommandFailure {
        if (token != null && (certificate != null || key != null)) {
            throw new CommandFailure(ExitCode.USAGE, "give --token, or --certificate and --key, and not both");
        }
        if (collector != null && trust != null) {
            if (token != null) {
                return new ClientConfig(address(collector), new ClientConfig.Token(token, Optional.of(trust)));
            }
            if (certificate != null && key != null) {
                return new ClientConfig(
                        address(collector), new ClientConfig.Certificate(new TlsFiles(certificate, key, trust)));
            }
        }
        Path file = configVariable != null && !configVariable.isEmpty()
                ? Path.of(configVariable)
                : home.resolve(".config/plumbline/client.yaml");
        if (!Files.exists(file)) {
            throw new CommandFailure(ExitCode.USAGE, missing(file));
        }
        try {
            ClientConfig read = ClientConfig.read(file);
            return checked(new ClientConfig(
                    collector != null ? address(collector) : read.collector(), credential(read.credential(), file)));
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private ClientConfig.Credential credential(ClientConfig.Credential read, Path file) throws CommandFailure {
        if (read instanceof ClientConfig.Token other) {
            if (certificate != null || key != null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        file + " names a token; beside --certificate and --key give --collector and --trust too");
            }
            return new ClientConfig.Token(or(token, other.token()), trust != null ? Optional.of(trust) : other.trust());
        }
        TlsFiles files = ((ClientConfig.Certificate) read).files();
        if (token != null) {
            return new ClientConfig.Token(token, Optional.of(or(trust, files.trust())));
        }
        return new ClientConfig.Certificate(
                new TlsFiles(or(certificate, files.certificate()), or(key, files.key()), or(trust, files.trust())));
    }

    /** What the file says of plain text was said of its own address. */
    private static ClientConfig checked(ClientConfig config) throws CommandFailure {
        if (config.credential() instanceof ClientConfig.Token token
                && token.trust().isEmpty()
                && !ClientConfig.isLoopback(config.collector())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--collector: plain text is for loopback alone, and a token would be read on the way to "
                            + config.collector() + "; give --trust");
        }
        return config;
    }

    private static String address(String text) throws CommandFailure {
        try {
            return ClientConfig.checked(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--collector: " + e.getMessage());
        }
    }

    private String missing(Path file) {
        boolean some = Stream.of(collector, token, certificate, key, trust).anyMatch(o -> o != null);
        return (some ? "some options are missing and " : "no collector is named: ")
                + file
                + " does not exist; give --collector, --token and --trust (or --certificate and --key in the token's place), or"
                + " write collector: HOST:PORT and token: FILE, trust: FILE (or identity: {certificate: F, key: F, trust: F})"
                + " into that file, or name another by " + CONFIG_VARIABLE;
    }

    private static Path or(@Nullable Path given, Path other) {
        return given != null ? given : other;
    }
}
