package dev.plumbline.collector.declared;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Words;
import dev.plumbline.catalog.scope.Block;
import dev.plumbline.catalog.site.Denied;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.SiteReader;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.words.SegmentId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Segments as messages and back, and what of a message is changed by another one. */
public final class Declarations {
    private static final int LONGEST_TEXT = 100;
    private static final int MOST = 64;
    private static final List<String> FIELDS =
            List.of("display_name", "kind", "roles", "cidrs", "egress_group", "must_not_reach");

    private Declarations() {}

    /**
     * The segment that a message declares; what it leaves out is as in the configuration's file.
     *
     * @throws IllegalArgumentException with a sentence that says what would be right
     */
    public static Segment segment(SegmentDeclaration message) {
        SegmentId id = new SegmentId(message.getId());
        SegmentKind kind =
                message.getKind().isEmpty() ? SegmentKind.WIRED : Words.of(SegmentKind.class, message.getKind());
        bounded("roles", message.getRolesCount());
        bounded("address blocks", message.getCidrsCount());
        bounded("entries of must-not-reach", message.getMustNotReachCount());
        List<Role> roles = message.getRolesList().stream()
                .map(r -> Words.of(Role.class, r))
                .toList();
        List<Denied> denied =
                message.getMustNotReachList().stream().map(Denied::parse).toList();
        return new Segment(
                id,
                text("name", message.getDisplayName(), id),
                kind,
                roles.isEmpty() ? SiteReader.standardRoles(kind) : EnumSet.copyOf(roles),
                message.getCidrsList().stream()
                        .map(Declarations::block)
                        .distinct()
                        .toList(),
                text("egress group", message.getEgressGroup(), id),
                denied);
    }

    /** Without host bits, which nobody means. */
    private static String block(String text) {
        return Block.around(SiteReader.cidr(text)).toString();
    }

    private static String text(String what, String given, SegmentId id) {
        if (given.isBlank()) {
            return id.value();
        }
        if (given.length() > LONGEST_TEXT || given.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a segment's " + what + " is one line of at most " + LONGEST_TEXT + " characters");
        }
        return given;
    }

    private static void bounded(String what, int count) {
        if (count > MOST) {
            throw new IllegalArgumentException("a segment has at most " + MOST + " " + what + ", not " + count);
        }
    }

    /** Every field is filled in. */
    public static SegmentDeclaration message(Segment segment) {
        return SegmentDeclaration.newBuilder()
                .setId(segment.id().value())
                .setDisplayName(segment.name())
                .setKind(Words.of(segment.kind()))
                .addAllRoles(segment.roles().stream().sorted().map(Words::of).toList())
                .addAllCidrs(segment.cidrs())
                .setEgressGroup(segment.egressGroup())
                .addAllMustNotReach(
                        segment.mustNotReach().stream().map(Denied::toString).toList())
                .build();
    }

    /** In words, for the audit log. */
    public static String said(Segment segment) {
        SegmentDeclaration all = message(segment);
        return "kind " + all.getKind() + ", name " + all.getDisplayName() + ", roles "
                + String.join(" ", all.getRolesList()) + ", cidrs " + listed(all.getCidrsList()) + ", egress "
                + all.getEgressGroup() + ", must-not-reach " + listed(all.getMustNotReachList());
    }

    private static String listed(List<String> values) {
        return values.isEmpty() ? "none" : String.join(" ", values);
    }

    /**
     * A segment with some fields of a message.
     *
     * @param fields which, by their names in the message
     * @throws IllegalArgumentException with a sentence that says what would be right
     */
    public static Segment changed(Segment segment, SegmentDeclaration by, Set<String> fields) {
        for (String field : fields) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("'" + field + "' cannot be changed; " + String.join(", ", FIELDS)
                        + " can, and another id is another segment");
            }
        }
        SegmentDeclaration.Builder changed = message(segment).toBuilder();
        // Roles that only came with the kind go with it.
        if (fields.contains("kind") && segment.roles().equals(SiteReader.standardRoles(segment.kind()))) {
            changed.clearRoles();
        }
        fields.stream()
                .map(SegmentDeclaration.getDescriptor()::findFieldByName)
                .forEach(field -> changed.setField(field, by.getField(field)));
        return segment(changed.build());
    }
}
