package dev.plumbline.collector.agreed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.words.SegmentId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgreementsReaderTest {
    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final SegmentId SRV = new SegmentId("srv");
    private static final Site SITE = new Site(
            "campus",
            "campus.example",
            "plumbline-2026",
            Set.of(Service.APNS),
            Set.of(Platform.IOS),
            List.of(segment(WIFI), segment(SRV)));

    private static Segment segment(SegmentId id) {
        return new Segment(id, id.value(), SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), id.value());
    }

    private static Agreements read(String yaml) throws ConfigException {
        ConfigFile file = ConfigFile.parse(Path.of("collector.yaml"), yaml);
        Agreements agreements = AgreementsReader.read(file.root(), SITE);
        file.finish();
        return agreements;
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Agreements agreements = read("""
                maintenance:
                  - segments: [wifi, srv]
                    from: 2026-12-01T22:00:00+01:00
                    to: 2026-12-02T02:00:00+01:00
                    owner: Jo
                    reason: new firewall
                waivers:
                  - {segment: wifi, mechanism: tcp.drop, scope: tcp/5223+tcp/2197, owner: Jo, reason: printers, until: 2026-12-31}
                  - {segment: srv, scope: all, owner: Di, reason: move, until: '2026-11-30T18:00:00+01:00'}
                """);
        assertThat(agreements.maintenance())
                .containsExactly(new Maintenance(
                        Set.of(WIFI, SRV),
                        Instant.parse("2026-12-01T21:00:00Z"),
                        Instant.parse("2026-12-02T01:00:00Z"),
                        "Jo",
                        "new firewall"));
        assertThat(agreements.waivers())
                .containsExactly(
                        new Waiver(
                                WIFI,
                                Optional.of(Mechanism.TCP_DROP),
                                Scope.parse("tcp/5223+tcp/2197"),
                                "Jo",
                                "printers",
                                Instant.parse("2027-01-01T00:00:00Z"),
                                "2026-12-31"),
                        new Waiver(
                                SRV,
                                Optional.empty(),
                                Scope.ALL,
                                "Di",
                                "move",
                                Instant.parse("2026-11-30T17:00:00Z"),
                                "2026-11-30T18:00:00+01:00"));
    }

    @Test
    void nothingIsAgreedWhereNothingIsWritten() throws Exception {
        assertThat(read("")).isEqualTo(Agreements.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            waivers: [{segment: lan, scope: all, owner: Jo, reason: r, until: 2026-12-31}]           | collector.yaml:1: waivers[0].segment: no segment 'lan' is declared; declared are wifi, srv
            waivers: [{segment: wifi, scope: 5223, owner: Jo, reason: r, until: 2026-12-31}]         | collector.yaml:1: waivers[0].scope: '5223' is no scope: write all, tcp/5223
            waivers: [{segment: wifi, scope: all, owner: Jo, reason: r, until: 31.12.2026}]          | collector.yaml:1: waivers[0].until: '31.12.2026' is neither a day nor a time with an offset
            waivers: [{segment: wifi, scope: all, owner: Jo, reason: r, until: 2026-02-30}]          | '2026-02-30' is neither a day
            waivers: [{segment: wifi, scope: all, owner: Jo, reason: r}]                             | waivers[0].until: is missing
            waivers: [{segment: wifi, scope: all, reason: r, until: 2026-12-31}]                     | waivers[0].owner: is missing
            waivers: [{segment: wifi, scope: all, owner: ' ', reason: r, until: 2026-12-31}]         | waivers[0].owner: says nothing; write who answers for it
            waivers: [{segment: wifi, scope: all, owner: Jo, until: 2026-12-31}]                     | waivers[0].reason: is missing
            waivers: [{segment: wifi, mechanism: dropped, scope: all, owner: Jo, reason: r, until: 2026-12-31}] | waivers[0].mechanism: there is no mechanism 'dropped'
            waivers: [{segment: wifi, scope: all, owner: Jo, reason: r, until: 2026-12-31, port: 1}] | waivers[0].port: is no key here
            waivers: {segment: wifi}                                                                 | waivers: must be a list
            maintenance: [{segments: [lan], from: 2026-12-01T22:00:00Z, to: 2026-12-02T22:00:00Z, owner: Jo, reason: r}] | maintenance[0].segments: no segment 'lan'
            maintenance: [{from: 2026-12-01T22:00:00Z, to: 2026-12-02T22:00:00Z, owner: Jo, reason: r}] | maintenance[0].segments: is missing; name the segments
            maintenance: [{segments: [], from: 2026-12-01T22:00:00Z, to: 2026-12-02T22:00:00Z, owner: Jo, reason: r}] | maintenance[0].segments: names none that is declared
            maintenance: [{segments: wifi, from: 2026-12-01T22:00:00, to: 2026-12-02T22:00:00Z, owner: Jo, reason: r}] | maintenance[0].from: '2026-12-01T22:00:00' is no time with an offset; write 2026-12-01T22:00:00+01:00
            maintenance: [{segments: wifi, from: 2026-12-03T22:00:00Z, to: 2026-12-02T22:00:00Z, owner: Jo, reason: r}] | maintenance[0].to: ends before it begins
            """)
    void whatIsWrongIsASentence(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(sentence);
    }
}
