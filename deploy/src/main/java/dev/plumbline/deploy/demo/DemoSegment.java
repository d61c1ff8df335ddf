package dev.plumbline.deploy.demo;

/**
 * A segment of the demo's site, as its collector declares it.
 *
 * @param id segment id, also the name of the campus segment it stands on
 * @param name for people
 * @param kind word of the collector's configuration, such as {@code wifi}
 * @param role {@code device}, {@code mdm-server}, or both with a comma between
 */
public record DemoSegment(String id, String name, String kind, String role) {
    String yaml() {
        return "    - {id: %s, name: %s, kind: %s, roles: [%s], cidrs: [127.0.0.0/8, \"::1/128\"]}\n"
                .formatted(id, name, kind, role);
    }
}
