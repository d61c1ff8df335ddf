package dev.plumbline.collector.cli;

import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.collector.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A whole collector of the one segment wifi, in a folder in which its operator's client.yaml lies as well. */
final class WifiCollector {
    private WifiCollector() {}

    /**
     * Opens it.
     *
     * @param settings more lines of its configuration
     * @param past writes what was judged before
     */
    static Collector start(Path folder, String settings, Consumer<SqliteStore> past) throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        Path config = folder.resolve("collector.yaml");
        Files.writeString(config, """
                listen: 127.0.0.1:0
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                rounds: {every: 1h, grace: 1s}
                site:
                  id: campus
                  domain: campus.example
                  segments:
                    - {id: wifi, name: Wi-Fi, kind: wifi, cidrs: [10.20.20.0/24]}
                """ + settings);
        Files.createDirectories(folder.resolve("data"));
        try (SqliteStore store = SqliteStore.open(folder.resolve("data/store.db"))) {
            past.accept(store);
        }
        Collector collector = Collector.start(CollectorConfig.read(config), Clock.systemUTC());
        client(folder.resolve("client.yaml"), "pki", collector.port());
        return collector;
    }

    /** What an operator's commands read, who has the certificate of an authority's folder. */
    static void client(Path file, String pki, int port) throws Exception {
        Files.writeString(file, """
                collector: 127.0.0.1:%d
                identity: {certificate: %s/operator.pem, key: %s/operator.key, trust: %s/ca.pem}
                """.formatted(port, pki, pki, pki));
    }
}
