package dev.plumbline.collector.cli;

import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the collector is and who asks.
 *
 * @param collector {@code HOST:PORT}
 */
record ClientConfig(String collector, Credential credential) {
    /** How the asker proves who it is, and the collector. */
    sealed interface Credential {}

    /** At the port of agents and operators. */
    record Certificate(TlsFiles files) implements Credential {}

    /**
     * At the port of people and tools.
     *
     * @param token the file that holds it
     * @param trust anchors that the collector's certificate must lead to; empty = without TLS, on loopback alone
     */
    record Token(Path token, Optional<Path> trust) implements Credential {}

    /** Reads {@code collector}, and {@code identity: {certificate, key, trust}} or {@code token} and {@code trust}. */
    static ClientConfig read(Path file) throws ConfigException {
        ConfigFile config = ConfigFile.read(file);
        Section root = config.root();
        String collector = root.value("collector", ClientConfig::checked, "");
        ClientConfig read = new ClientConfig(collector, root.has("token") ? token(root, collector) : certificate(root));
        config.finish();
        return read;
    }

    private static Certificate certificate(Section root) {
        if (root.has("identity")) {
            return new Certificate(TlsFiles.of(root.section("identity")));
        }
        root.problem(
                "identity",
                "is missing, and so is token; write token: FILE and trust: FILE, or identity: {certificate: F, key: F, trust: F}");
        List.of("identity", "token", "trust", "plain-text").forEach(root::texts);
        return new Certificate(new TlsFiles(Path.of(""), Path.of(""), Path.of("")));
    }

    private static Token token(Section root, String collector) {
        Path token = root.path("token");
        if (root.has("identity")) {
            Section other = root.section("identity");
            List.of("certificate", "key", "trust").forEach(other::texts);
            root.problem("identity", "stands beside token; leave one of the two out");
        }
        boolean isPlain = root.flag("plain-text", false);
        if (isPlain && !isLoopback(collector)) {
            root.problem(
                    "plain-text",
                    "is for loopback alone: the token would be read on the way to " + collector
                            + "; leave it out and name trust: FILE");
        }
        if (isPlain && root.has("trust")) {
            root.problem("plain-text", "has no certificate that trust could be for; leave one of the two out");
        }
        if (isPlain) {
            return new Token(token, Optional.empty());
        }
        if (!root.has("trust")) {
            root.problem(
                    "trust",
                    "is missing; name the file with the authority of the certificate that the people's port"
                            + " shows, such as the ca.pem of plumbline-collector init");
            return new Token(token, Optional.empty());
        }
        return new Token(token, Optional.of(root.path("trust")));
    }

    static boolean isLoopback(String address) {
        return address.matches("(127(\\.\\d{1,3}){3}|localhost|\\[::1\\]):\\d{1,5}");
    }

    /**
     * @throws IllegalArgumentException with a sentence when the text is no address
     */
    static String checked(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        if (!address.matches("(\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]:\\s]+):\\d{1,5}")
                || Integer.parseInt(port) < 1
                || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no address; write HOST:PORT such as 10.0.0.5:50051 or [2001:db8::5]:50051");
        }
        return address;
    }
}
