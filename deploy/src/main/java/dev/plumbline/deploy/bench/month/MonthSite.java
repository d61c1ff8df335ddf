package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The folder of the bench: the collector's configuration and keys, and the campus that is declared there. */
final class MonthSite {
    static final String ID = "campus";
    static final String DOMAIN = "campus.example";
    private static final String LAB = "it-lab";

    private final Path folder;
    private final Chains chains;
    private final CollectorConfig config;
    private final Catalog catalog;
    private final Map<SegmentId, Plan> plans = new LinkedHashMap<>();

    private MonthSite(Path folder, Chains chains) throws ConfigException {
        this.folder = folder;
        this.chains = chains;
        this.config = CollectorConfig.read(configuration(folder));
        this.catalog = Catalog.load(config.overlays());
        for (Segment segment : config.site().segments()) {
            plans.put(segment.id(), Planner.plan(catalog, config.site(), segment, config.settings()));
        }
    }

    /**
     * Makes the files where they are missing.
     *
     * @param end of the past that is written: keys are made at that time, so that a collector of then accepts them
     */
    static MonthSite in(Path folder, int segments, Instant end) throws IOException, ConfigException {
        Files.createDirectories(folder);
        Chains chains = Chains.of(folder.resolve("chains.key"));
        if (!Files.exists(configuration(folder))) {
            Files.writeString(folder.resolve("overlay.yaml"), chains.anchors(folder));
            new AuthorityFolder(folder.resolve("pki")).init(DOMAIN, ID, List.of("127.0.0.1"), end);
            Files.writeString(configuration(folder), """
                    listen: 127.0.0.1:0
                    identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                    enrolment: {authority: {certificate: pki/ca.pem, key: pki/ca.key}, listen: '127.0.0.1:0'}
                    people: {listen: '127.0.0.1:0'}
                    http: {listen: '127.0.0.1:0'}
                    data: data
                    catalog: {overlays: [overlay.yaml]}
                    site:
                      id: %s
                      domain: %s
                      segments:
                    %s""".formatted(ID, DOMAIN, declared(segments)));
        }
        return new MonthSite(folder, chains);
    }

    private static Path configuration(Path folder) {
        return folder.resolve("collector.yaml");
    }

    /** One in six a server network, one in eight for guests, one in three wired, the others wireless; and two controls. */
    private static String declared(int segments) {
        return "    - {id: " + LAB + ", kind: reference, roles: [device, mdm-server], cidrs: [10.250.0.0/16]}\n"
                + "    - {id: outside, kind: outside, roles: [device, mdm-server], cidrs: [203.0.113.16/28]}\n"
                + IntStream.range(0, Math.max(0, segments - 2))
                        .mapToObj(MonthSite::declare)
                        .collect(Collectors.joining());
    }

    private static String declare(int number) {
        String kind = number % 6 == 0 ? "server" : number % 8 == 1 ? "guest" : number % 3 == 2 ? "wired" : "wifi";
        String role = kind.equals("server") ? "mdm-server, device" : "device";
        return "    - {id: " + kind + "-" + number + ", kind: " + kind + ", roles: [" + role + "], cidrs: [10." + number
                + ".0.0/16], egress: egress-" + number % 5 + "}\n";
    }

    Path folder() {
        return folder;
    }

    Path file() {
        return configuration(folder);
    }

    Chains chains() {
        return chains;
    }

    Site site() {
        return config.site();
    }

    Catalog catalog() {
        return catalog;
    }

    CollectorConfig config() {
        return config;
    }

    Plan plan(SegmentId segment) {
        return Objects.requireNonNull(plans.get(segment), segment.value());
    }

    int cells() {
        return plans.values().stream().mapToInt(p -> p.targets().size()).sum();
    }
}
