package dev.plumbline.deploy.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The segments of a lab as an administrator would declare them, and where agents and collector are in it. */
final class Campus {
    static final String COLLECTOR_NAMESPACE = "coll";
    static final String COLLECTOR = "10.20.99.10:50051";
    /** The collector as seen from beyond the campus's edge. */
    static final String COLLECTOR_FROM_OUTSIDE = "198.51.100.68:50051";

    static final String SITE = "campus";
    static final String DOMAIN = "campus.example";
    static final List<String> COLLECTOR_ADDRESSES =
            List.of("10.20.99.10", "198.51.100.68", "127.0.0.1", "2001:db8:0:99::10");

    static final List<Place> SEGMENTS = List.of(
            new Place("srv", "Server VLAN", "server", "mdm-server", "198.51.100.32/27", "2001:db8:0:10::/64"),
            new Place("wifi", "Staff Wi-Fi", "wifi", "device", "10.20.20.0/24", "2001:db8:0:20::/64"),
            new Place("guest", "Guest Wi-Fi", "guest", "device", "10.20.30.0/24", "2001:db8:0:30::/64"),
            new Place(
                    "lab", "Unfiltered lab", "reference", "device, mdm-server", "10.20.40.0/24", "2001:db8:0:40::/64"),
            new Place(
                    "out",
                    "Beyond the edge",
                    "outside",
                    "device, mdm-server",
                    "203.0.113.16/30",
                    "2001:db8:0:fc::/64"));

    private Campus() {}

    /** One segment; its id is the name of its namespace too. */
    record Place(String id, String name, String kind, String roles, String cidr4, String cidr6) {
        String agent() {
            return id + "-1";
        }

        String collector() {
            return kind.equals("outside") ? COLLECTOR_FROM_OUTSIDE : COLLECTOR;
        }

        private String yaml() {
            return "    - {id: %s, name: %s, kind: %s, roles: [%s], cidrs: [%s, \"%s\"], egress: %s}"
                    .formatted(id, name, kind, roles, cidr4, cidr6, id);
        }

        /** Of the segment beyond the edge: it echoes for the others. */
        String helperYaml() {
            return agentYaml("hold: {ports: []}\nhelper: {listen: [%s]}".formatted(HelperInLab.LISTEN));
        }

        /**
         * Of a segment under test. A connection that crosses a switch of its segment ends by that, so nothing is held but
         * for faults that need it.
         *
         * @param pin of the helper
         */
        String agentYaml(String pin, Optional<QuietTime> quiet) {
            List<String> echoes = quiet.isPresent() ? HelperInLab.allEchoes() : HelperInLab.briefEchoes();
            return agentYaml(quiet.map(QuietTime::yaml).orElse("hold: {ports: []}")
                    + "\nhelper: {address: [\"%s\"], pin: \"%s\"}".formatted(String.join("\", \"", echoes), pin));
        }

        private String agentYaml(String more) {
            return """
                    collector: ["%s"]
                    identity: {certificate: agent.pem, key: agent.key, trust: ca.pem}
                    data: data
                    %s
                    """.formatted(collector(), more);
        }

        boolean isHelper() {
            return id.equals(HelperInLab.NAMESPACE);
        }
    }

    /** For the operator's questions. */
    static String clientYaml() {
        return """
                collector: "%s"
                identity: {certificate: pki/operator.pem, key: pki/operator.key, trust: pki/ca.pem}
                """.formatted(COLLECTOR);
    }

    static String collectorYaml() {
        return """
                listen: 0.0.0.0:50051
                identity: {certificate: pki/collector.pem, key: pki/collector.key, trust: pki/ca.pem}
                data: data
                catalog: {overlays: [overlay.yaml]}
                rounds: {every: 60s, grace: 10s}
                probe: {stage-timeout: 4s, confirmations: 1, connections-per-second: 20}
                site:
                  id: %s
                  domain: %s
                  edition: plumbline-2026
                  segments:
                %s
                """.formatted(SITE, DOMAIN, SEGMENTS.stream().map(Place::yaml).collect(Collectors.joining("\n")));
    }
}
