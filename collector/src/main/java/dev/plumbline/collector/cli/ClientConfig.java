package dev.plumbline.collector.cli;

import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.identity.TlsFiles;
import java.nio.file.Path;

/**
 * Where the collector is and who asks.
 *
 * @param collector {@code HOST:PORT}
 */
record ClientConfig(String collector, TlsFiles identity) {
    /** Reads {@code collector} and {@code identity: {certificate, key, trust}}. */
    static ClientConfig read(Path file) throws ConfigException {
        ConfigFile config = ConfigFile.read(file);
        ClientConfig read = new ClientConfig(
                config.root().value("collector", ClientConfig::checked, ""),
                TlsFiles.of(config.root().section("identity")));
        config.finish();
        return read;
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
