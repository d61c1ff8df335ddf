package dev.plumbline.collector.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.v1.SegmentDeclaration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeclarationsTest {
    static Segment segment(String id, String... cidrs) {
        return Declarations.segment(SegmentDeclaration.newBuilder()
                .setId(id)
                .addAllCidrs(Arrays.asList(cidrs))
                .build());
    }

    @Test
    void whatIsLeftOutIsAsInTheFile() {
        assertThat(Declarations.said(segment("lab")))
                .isEqualTo("kind wired, name lab, roles device, cidrs none, egress lab, must-not-reach none");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # FIELD          | VALUE              | WHAT IS SAID
            id               | site               | segment id 'site' is reserved
            id               | apple              | segment id 'apple' is reserved
            id               | all                | segment id 'all' is reserved
            id               | Lab                | segment id 'Lab' must be lower-case letters
            id               | ''                 | segment id '' must be lower-case letters
            kind             | wlan               | 'wlan' is none of server, wifi, guest, wired, reference, outside
            roles            | printer            | 'printer' is none of device, mdm-server, content-cache
            cidrs            | 10.0.0.0           | '10.0.0.0' is no address block; write 10.20.0.0/16
            cidrs            | 10.0.0.0/33        | '10.0.0.0/33' is no address block
            must_not_reach   | jss                | 'jss' is no TCP port of a host; write HOST:PORT
            """)
    void whatIsWrongIsSaidInASentence(String field, String value, String sentence) {
        SegmentDeclaration.Builder message = SegmentDeclaration.newBuilder().setId("lab");
        var descriptor = SegmentDeclaration.getDescriptor().findFieldByName(field);
        if (descriptor.isRepeated()) {
            message.addRepeatedField(descriptor, value);
        } else {
            message.setField(descriptor, value);
        }
        assertThatThrownBy(() -> Declarations.segment(message.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aNameIsOneLineAndAControlDeniesNothing() {
        assertThatThrownBy(() -> Declarations.segment(SegmentDeclaration.newBuilder()
                        .setId("lab")
                        .setDisplayName("Lab\nforged line")
                        .build()))
                .hasMessage("a segment's name is one line of at most 100 characters");
        assertThatThrownBy(() -> Declarations.segment(SegmentDeclaration.newBuilder()
                        .setId("lab")
                        .setKind("reference")
                        .addMustNotReach("jss.example:443")
                        .build()))
                .hasMessage("segment lab is a control and held to no rule");
    }

    @Test
    void aBlockLosesItsHostBitsAndARepetition() {
        assertThat(segment("lab", "10.20.5.7/16", "10.20.0.0/16").cidrs()).containsExactly("10.20.0.0/16");
    }

    @Test
    void aSegmentSurvivesTheWayToDiskAndBack() {
        Segment all = Declarations.segment(SegmentDeclaration.newBuilder()
                .setId("lab")
                .setDisplayName("Labor im Keller")
                .setKind("guest")
                .addRoles("content-cache")
                .addRoles("device")
                .addCidrs("2001:db8::/32")
                .setEgressGroup("nat")
                .addMustNotReach("[2001:db8::40]:8443")
                .build());
        assertThat(Declarations.segment(Declarations.message(all))).isEqualTo(all);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # FIELDS        | WHAT IS SAID AFTERWARDS
            -               | kind wifi, name Lab, roles device, cidrs 10.0.0.0/8, egress nat, must-not-reach none
            display_name    | kind wifi, name lab, roles device, cidrs 10.0.0.0/8, egress nat, must-not-reach none
            cidrs           | kind wifi, name Lab, roles device, cidrs none, egress nat, must-not-reach none
            kind            | kind server, name Lab, roles mdm-server, cidrs 10.0.0.0/8, egress nat, must-not-reach none
            kind roles      | kind server, name Lab, roles content-cache, cidrs 10.0.0.0/8, egress nat, must-not-reach none
            """)
    void onlyTheNamedFieldsChange(String fields, String said) {
        Segment before = Declarations.segment(SegmentDeclaration.newBuilder()
                .setId("lab")
                .setDisplayName("Lab")
                .setKind("wifi")
                .addCidrs("10.0.0.0/8")
                .setEgressGroup("nat")
                .build());
        SegmentDeclaration by = SegmentDeclaration.newBuilder()
                .setKind("server")
                .addRoles("content-cache")
                .build();
        Set<String> names = fields.equals("-") ? Set.of() : Set.of(fields.split(" ", -1));
        assertThat(Declarations.said(Declarations.changed(before, by, names))).isEqualTo(said);
    }

    @Test
    void theIdIsNotChanged() {
        assertThatThrownBy(() ->
                        Declarations.changed(segment("lab"), SegmentDeclaration.getDefaultInstance(), Set.of("id")))
                .hasMessage(
                        "'id' cannot be changed; display_name, kind, roles, cidrs, egress_group, must_not_reach can,"
                                + " and another id is another segment");
    }

    @ParameterizedTest(name = "{0} beside {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # MINE           | THEIRS           | OVERLAPS
            10.20.0.0/16     | 10.20.30.0/24    | true
            10.20.30.0/24    | 10.0.0.0/8       | true
            10.20.0.0/16     | 10.20.0.0/16     | true
            10.20.0.0/16     | 10.21.0.0/16     | false
            0.0.0.0/0        | 2001:db8::/32    | false
            2001:db8:1::/48  | 2001:db8::/32    | true
            """)
    void blocksThatOverlapAreTold(String mine, String theirs, boolean overlaps) {
        Segment lab = segment("lab", mine);
        Site site = new Site(
                "campus",
                "campus.example",
                "plumbline-2026",
                Set.of(),
                Set.of(),
                List.of(lab, segment("wifi", theirs)));
        assertThat(Overlaps.of(lab, site)).hasSize(overlaps ? 1 : 0);
        if (overlaps) {
            assertThat(Overlaps.of(lab, site).get(0))
                    .startsWith(mine + " of segment lab overlaps " + theirs + " of segment wifi:");
        }
    }
}
