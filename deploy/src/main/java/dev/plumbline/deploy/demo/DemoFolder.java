package dev.plumbline.deploy.demo;

import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.config.ConfigException;
import dev.plumbline.deploy.campus.Anchors;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of one demo: the site's authority, the configurations and identities of collector, operator and agents. */
record DemoFolder(Path root) {
    private static final String SITE = "campus";
    private static final String DOMAIN = "campus.example";

    Path client() {
        return root.resolve("client.yaml");
    }

    /** Of its first administrator. */
    Path token() {
        return pki().resolve("administrator.token");
    }

    Path collector() {
        return root.resolve("collector.yaml");
    }

    Path overlay() {
        return root.resolve("overlay.yaml");
    }

    Path agent(String segment) {
        return root.resolve("agents").resolve(segment).resolve("agent.yaml");
    }

    /** Makes the authority and an identity for each agent. */
    void enrol(DemoSettings settings) throws ConfigException {
        AuthorityFolder authority = new AuthorityFolder(pki());
        authority.init(DOMAIN, SITE, List.of("127.0.0.1"), Instant.now());
        for (DemoSegment segment : settings.segments()) {
            authority.issue(
                    new SegmentId(segment.id()),
                    segment.id() + "-1",
                    root.resolve("agents").resolve(segment.id()),
                    Instant.now());
        }
    }

    /** The campus's own trust anchors instead of the world's, and no pause between two probes of one target. */
    void writeOverlay(Anchors anchors) throws IOException {
        Map<String, Path> files = anchors.writeTo(Files.createDirectories(root.resolve("anchors")));
        Files.writeString(
                overlay(),
                "anchors:\n"
                        + files.entrySet().stream()
                                .map(e -> "  " + e.getKey() + ": [\"" + e.getValue() + "\"]\n")
                                .collect(Collectors.joining())
                        + "minimum-interval: 0s\n");
    }

    /** @param port 0 lets the system choose */
    void writeCollector(DemoSettings settings, int port) throws IOException {
        Files.writeString(collector(), """
                listen: 127.0.0.1:%d
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                metrics: {listen: '127.0.0.1:0'}
                http: {listen: '127.0.0.1:0'}
                catalog: {overlays: [overlay.yaml]}
                rounds: {every: %ds, grace: %ds}
                probe: {stage-timeout: %dms, confirmations: 1, connections-per-second: 20}
                site:
                  id: %s
                  domain: %s
                %s  segments:
                %s""".formatted(
                port,
                settings.every().toSeconds(),
                settings.grace().toSeconds(),
                settings.stageTimeout().toMillis(),
                SITE,
                DOMAIN,
                settings.services().isEmpty() ? "" : "  services: [" + String.join(", ", settings.services()) + "]\n",
                settings.segments().stream().map(DemoSegment::yaml).collect(Collectors.joining())));
    }

    /** What needs the collector's port: the operator's file and the agents'. */
    void writeClients(DemoSettings settings, int port) throws IOException {
        Files.writeString(client(), """
                collector: 127.0.0.1:%d
                identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                """.formatted(port));
        for (DemoSegment segment : settings.segments()) {
            Files.writeString(agent(segment.id()), """
                    collector: 127.0.0.1:%d
                    identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                    catalog: {overlays: [../../overlay.yaml]}
                    metrics: {listen: '127.0.0.1:0'}
                    """.formatted(port));
        }
    }

    private Path pki() {
        return root.resolve("pki");
    }
}
