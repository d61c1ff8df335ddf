package dev.plumbline.collector.cli;

import dev.plumbline.v1.SegmentDeclaration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of a segment on the command line; what is left out is not said. */
final class SegmentOptions {
    @Option(names = "--name", paramLabel = "TEXT", description = "for people")
    @Nullable
    String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "server, wifi, guest, wired, reference or outside (default: wired)")
    @Nullable
    String kind;

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "device, mdm-server, content-cache; again for each (default: by kind)")
    @Nullable
    List<String> roles;

    @Option(
            names = "--cidr",
            split = ",",
            paramLabel = "BLOCK",
            description = "an address block such as 10.20.0.0/16; again for each")
    @Nullable
    List<String> cidrs;

    @Option(
            names = "--egress",
            paramLabel = "GROUP",
            description = "a word that segments share which leave by the same public address")
    @Nullable
    String egress;

    @Option(
            names = "--must-not-reach",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "what its firewall has to deny; again for each")
    @Nullable
    List<String> mustNotReach;

    SegmentDeclaration declaration(String id) {
        return SegmentDeclaration.newBuilder()
                .setId(id)
                .setDisplayName(orEmpty(name))
                .setKind(orEmpty(kind))
                .addAllRoles(orNone(roles))
                .addAllCidrs(orNone(cidrs))
                .setEgressGroup(orEmpty(egress))
                .addAllMustNotReach(orNone(mustNotReach))
                .build();
    }

    /** The fields of the declaration of which something is said. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        addIf(fields, name, "display_name");
        addIf(fields, kind, "kind");
        addIf(fields, roles, "roles");
        addIf(fields, cidrs, "cidrs");
        addIf(fields, egress, "egress_group");
        addIf(fields, mustNotReach, "must_not_reach");
        return fields;
    }

    private static void addIf(List<String> fields, @Nullable Object said, String field) {
        if (said != null) {
            fields.add(field);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> orNone(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }
}
