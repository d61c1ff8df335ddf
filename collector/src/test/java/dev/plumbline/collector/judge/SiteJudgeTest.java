package dev.plumbline.collector.judge;

import static dev.plumbline.collector.judge.Told.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.PoolSight;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;
import dev.plumbline.words.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole rounds of a campus with faults drawn in, against the findings that a network engineer would write. */
final class SiteJudgeTest {
    private static final Set<String> EVERYBODY = Set.of("srv", "wifi", "guest", "lab", "out");
    private static TestPki pki;

    @BeforeAll
    static void makeCertificates() {
        pki = new TestPki();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    clean                        |                                                       | -
                    port dropped                 | wifi:silent tcp/5223                                  | wifi tcp.drop tcp/5223
                    port reset                   | guest:reset tcp/5223                                  | guest tcp.reset tcp/5223
                    port prohibited              | wifi:prohibited tcp/5223                              | wifi tcp.prohibited tcp/5223
                    Apple's 443 dropped          | guest:silent tcp/443@apple                            | guest tcp.drop tcp/443@apple
                    all of Apple dropped         | wifi:silent all@apple                                 | wifi tcp.drop all@apple
                    server port dropped          | srv:silent tcp/2197                                   | srv tcp.drop tcp/2197
                    Apple's 443 on the server    | srv:silent tcp/443@apple                              | srv tcp.drop tcp/443@apple
                    everything dropped           | guest:silent all                                      | guest segment.offline all
                    everything, some lately      | guest:silent all; guest:standstill-again tcp/443      | guest segment.offline all
                    TLS opened                   | wifi:foreign tcp/443                                  | wifi tls.intercepted tcp/443
                    TLS opened over IPv4 alone   | wifi:foreign tcp/443@ipv4                             | wifi tls.intercepted tcp/443@ipv4
                    name filter in one family    | wifi:tls-reset name:push.apple.com@ipv4               | wifi tls.reset-on-name name:push.apple.com@ipv4
                    TLS opened, QUIC stumbles    | wifi:quic-reset udp/443; wifi:foreign tcp/443         | wifi tls.intercepted tcp/443
                    TLS opened on the server     | srv:foreign tcp/443                                   | srv tls.intercepted tcp/443
                    TLS opened on push only      | guest:foreign tcp/5223                                | guest tls.intercepted tcp/5223
                    internal names only          | srv:dns-nxdomain all                                  | srv dns.nxdomain all
                    one family of names gone     | wifi:dns-nxdomain name:apple.com                      | wifi dns.nxdomain name:apple.com
                    resolver refuses             | wifi:dns-refused all                                  | wifi dns.refused all
                    resolver silent              | srv:dns-silent all                                    | srv dns.silent all
                    all silent at a standstill   | srv:dns-silent all; srv:standstill all                | srv agent.unfit all
                    names silent at a standstill | wifi:dns-silent name:apple.com; wifi:standstill all   | -
                    names denied at a standstill | wifi:dns-nxdomain name:apple.com; wifi:standstill all | wifi dns.nxdomain name:apple.com
                    port silent at a standstill  | wifi:silent tcp/5223; wifi:standstill all             | -
                    port silent on a full line   | wifi:silent tcp/5223; wifi:queueing all               | -
                    port reset on a full line    | wifi:reset tcp/5223; wifi:queueing all                | wifi tcp.reset tcp/5223
                    a busy host that missed some | wifi:silent tcp/5223; wifi:unfit all                  | wifi agent.unfit all
                    a busy host that proved all  | wifi:unfit all                                        | -
                    portal                       | guest:portal all                                      | guest portal.captive all
                    a packet lost here and there | wifi:lost-once all                                    | -
                    a jam                        | guest:lost-twice name:a.apple.com+name:gdmf.apple.com+name:gs.apple.com+name:albert.apple.com+name:tbsc.apple.com+name:humb.apple.com+name:xp.apple.com; guest:lost-once name:itunes.apple.com@ipv4 | -
                    a jam and a block            | guest:lost-twice name:gdmf.apple.com+name:gs.apple.com; guest:lost-once name:apple.com@ipv4; guest:reset tcp/5223 | guest tcp.reset tcp/5223
                    couriers partly down at Apple | everywhere:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | -
                    IPv6 lost at the provider    | inside:silent ipv6                                    | site upstream.blocked ipv6
                    one address never speaks     | srv:tls-silent name:identity.apple.com@ipv6           | -
                    one address is dropped       | wifi:silent name:identity.apple.com@ipv4              | -
                    both addresses dropped       | wifi:silent name:identity.apple.com                   | wifi tcp.drop name:identity.apple.com
                    a dead member of a pool      | guest:silent tcp/5223@17.57.145.0/24                  | -
                    dead members, and another    | guest:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24; guest:tls-silent name:identity.apple.com@ipv6 | -
                    a silent and a reset member  | wifi:silent tcp/5223@17.57.145.0/24; wifi:reset tcp/5223@17.57.146.0/24 | wifi tcp.drop tcp/5223@17.57.145.166/32; wifi tcp.reset tcp/5223@17.57.146.166/32
                    5223 dropped over IPv6       | wifi:silent tcp/5223@ipv6                             | wifi tcp.drop tcp/5223@ipv6
                    443 dropped over IPv6        | wifi:silent tcp/443@ipv6                              | wifi tcp.drop tcp/443@ipv6
                    a rotation under way         | wifi:rotated tcp/443                                  | -
                    a port dropped in a jam      | guest:silent tcp/5223; guest:lost-once tcp/443@ipv4   | guest tcp.drop tcp/5223
                    name filter                  | wifi:tls-reset name:push.apple.com                    | wifi tls.reset-on-name name:push.apple.com
                    TLS 1.3 is ended             | wifi:tls13-reset all                                  | wifi tls.version-broken tcp/443+tcp/5223
                    TLS 1.3 is ended on a port   | srv:tls13-reset tcp/2197                              | srv tls.version-broken tcp/2197
                    of one who never says 1.2    | wifi:tls13-reset name:gdmf.apple.com                  | wifi tls.reset-on-name name:gdmf.apple.com
                    accepted and never answered  | guest:tls-silent tcp/5223+tcp/443                     | guest tls.stalled tcp/443+tcp/5223
                    IPv6 lost                    | wifi:silent ipv6                                      | wifi ipv6.broken ipv6
                    a list met by another name   | wifi:silent tcp/5223@!17.57.148.4/31 | wifi tcp.partial tcp/5223
                    the name, and not its sister | wifi:silent tcp/5223@name:courier.push.apple.com | wifi tcp.drop tcp/5223@name:courier.push.apple.com
                    a static list of couriers    | wifi:silent tcp/5223@17.57.145.0/24+tcp/5223@17.57.146.0/24+tcp/5223@17.57.147.0/24 | wifi tcp.partial tcp/5223
                    provider resets              | inside:reset-near tcp/5223                            | site upstream.blocked tcp/5223
                    Apple's couriers reset       | everywhere:reset-far name:courier.push.apple.com+name:courier.sandbox.push.apple.com | apple apple.down name:courier.push.apple.com+tcp/5223
                    Apple's couriers silent      | everywhere:silent tcp/5223                            | apple apple.down tcp/5223
                    Apple's keys rotate          | everywhere:rotated tcp/443                            | -
                    a responder talks nonsense   | wifi:garbage name:ocsp.apple.com                      | -
                    lists and files are nonsense | wifi:garbage name:crl.apple.com+name:certs.apple.com+name:mesu.apple.com | -
                    the systems are nonsense     | wifi:garbage name:gdmf.apple.com                      | -
                    a list is expired            | wifi:expired name:crl.apple.com                       | -
                    a list is expired everywhere | everywhere:expired name:crl.apple.com                 | -
                    the paths have moved         | everywhere:gone name:crl.apple.com+name:mesu.apple.com+name:gdmf.apple.com | -
                    a portal for all but Apple's | wifi:portal-anybody name:captive.apple.com            | wifi portal.captive all
                    a portal for Apple's alone   | wifi:portal-detection name:captive.apple.com          | -
                    couriers down, a box accepts | wifi:tls-reset tcp/443@name:courier.push.apple.com; wifi:foreign tcp/443; everywhere:silent name:courier.push.apple.com | apple apple.down name:courier.push.apple.com; wifi tls.intercepted tcp/443
                    provider drops, Apple resets | inside:silent tcp/5223; out:tls-reset tcp/5223        | site upstream.blocked tcp/5223
                    dropped where Apple resets   | wifi:silent name:gdmf.apple.com; guest:silent name:gdmf.apple.com; everywhere:tls-reset name:gdmf.apple.com | apple apple.down name:gdmf.apple.com; guest tcp.drop name:gdmf.apple.com; wifi tcp.drop name:gdmf.apple.com
                    two segments, two causes     | wifi:silent tcp/5223; guest:foreign tcp/443           | guest tls.intercepted tcp/443; wifi tcp.drop tcp/5223
                    a fault and an outage        | everywhere:silent tcp/2197; wifi:reset tcp/5223       | apple apple.down tcp/2197; wifi tcp.reset tcp/5223
                    QUIC dropped                 | guest:silent udp/443                                  | guest udp.silent udp/443
                    everything accepted          | wifi:accepted all                                     | wifi tcp.proxied all
                    all accepted, one host gone  | everywhere:tls-silent name:xp.apple.com; wifi:accepted all | apple apple.down name:xp.apple.com; wifi tcp.proxied all
                    one port accepted            | wifi:accepted tcp/443                                 | wifi tcp.proxied tcp/443
                    one name accepts by itself   | wifi:accepted name:gdmf.apple.com                     | -
                    accepted for everybody       | everywhere:accepted tcp/443                           | -
                    accepted, and opened on 443  | wifi:foreign tcp/443; wifi:accepted all               | wifi tcp.proxied tcp/5223+tcp/80; wifi tls.intercepted tcp/443
                    a hole in the path           | wifi:mtu all                                          | wifi path.mtu all
                    a hole in the path of IPv6   | guest:mtu ipv6                                        | guest path.mtu ipv6
                    names lead to a hole         | guest:sinkhole all                                    | guest dns.sinkhole all
                    names lead to a stranger     | guest:hijack all                                      | guest dns.hijack all
                    time dropped                 | wifi:silent udp/123                                   | wifi udp.silent udp/123
                    SSH dropped                  | srv:silent tcp/22                                     | srv tcp.drop tcp/22
                    all of UDP dropped           | wifi:silent udp/443+udp/123                           | wifi udp.silent udp/123+udp/443
                    QUIC lost once               | guest:lost-once udp/443                               | -
                    QUIC silent at a standstill  | guest:silent udp/443; guest:standstill all            | -
                    QUIC silent everywhere       | everywhere:silent udp/443                             | -
                    QUIC known by its version    | guest:quic-v1 udp/443                                 | guest udp.silent udp/443@name:networking.apple+udp/443@name:pos-device.apple.com
                    QUIC refused by its server   | guest:quic-refused udp/443                            | -
                    private relay denied by name | wifi:dns-nxdomain name:mask.icloud.com                | -
                    DNS over HTTPS denied        | wifi:dns-nxdomain name:doh.dns.apple.com              | -
                    three segments, three causes | srv:silent tcp/2197; wifi:reset tcp/5223; guest:portal all | guest portal.captive all; srv tcp.drop tcp/2197; wifi tcp.reset tcp/5223
                    """)
    void namesTheCauseAndNobodyElse(String what, String faults, String expected) {
        assertThat(found(judge(EVERYBODY, faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a reset from nearby proves the place | wifi:reset-near tcp/5223 | wifi tcp.reset tcp/5223
                    a reset from afar does not           | wifi:reset-far tcp/5223  | -
                    silence does not                     | wifi:silent tcp/5223     | -
                    one issuer on unrelated hosts does   | wifi:foreign tcp/443     | wifi tls.intercepted tcp/443
                    """)
    void accusesNobodyAloneUnlessTheFactProvesItself(String what, String faults, String expected) {
        assertThat(found(judge(Set.of("wifi"), faults))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a name denied, a port dropped | wifi:dns-nxdomain name:gdmf.apple.com; guest:silent tcp/443@apple | guest tcp.drop tcp/443@apple; wifi dns.nxdomain name:gdmf.apple.com
                    """)
    void oneSegmentsFaultHidesNotTheOthers(String what, String faults, String expected) {
        assertThat(found(judge(Set.of("wifi", "guest"), faults))).isEqualTo(expected);
    }

    @Test
    void tellsWhichNamesAndAddressesOfAPoolWereReachedAndProved() {
        List<PoolSight> pool = judge(EVERYBODY, "wifi:silent tcp/5223@17.57.145.0/24").pools().stream()
                .filter(s ->
                        s.segment().value().equals("wifi") && s.target().value().equals("courier:5223"))
                .toList();
        assertThat(pool)
                .filteredOn(s -> !s.address())
                .singleElement()
                .matches(s -> s.member().endsWith("-courier.push.apple.com")
                        && s.proved().isPresent());
        assertThat(pool)
                .filteredOn(s -> s.member().startsWith("17.57.145."))
                .singleElement()
                .matches(s -> s.connected().isEmpty() && s.proved().isEmpty());
        assertThat(pool)
                .filteredOn(s -> s.member().startsWith("17.57.144."))
                .singleElement()
                .matches(s -> s.proved().isPresent());
    }

    @Test
    void keepsWhatNobodyElseCouldSettleAsASuspicion() {
        RoundVerdict verdict = judge(Set.of("wifi"), "wifi:silent tcp/5223");
        assertThat(verdict.suspicions())
                .singleElement()
                .matches(f -> f.mechanism().id().equals("tcp.drop")
                        && f.scope().toString().equals("tcp/5223"));
        assertThat(requirement(verdict, "wifi", "apns-device-direct").verdict())
                .isEqualTo(Requirement.Verdict.INSUFFICIENT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    clean                     |                                                      | MET          | MET
                    push port dropped         | wifi:silent tcp/5223                                 | BROKEN       | MET
                    push reset by Apple       | wifi:reset-far tcp/5223                              | INSUFFICIENT | MET
                    all of Apple dropped      | wifi:silent all@apple                                | BROKEN       | BROKEN
                    443 dropped               | wifi:silent tcp/443                                  | MET          | BROKEN
                    two odd names gone        | wifi:dns-nxdomain name:xp.apple.com+name:www.icloud.com | MET       | INSUFFICIENT
                    two odd hosts never speak | wifi:tls-silent name:xp.apple.com+name:www.icloud.com | MET         | INSUFFICIENT
                    """)
    void aHostAloneBreaksARuleByWhatPlainlyFails(String what, String faults, String direct, String hosts) {
        Scene scene = new Scene(pki, Set.of("wifi"), faults(faults));
        SiteJudge judge = scene.judge();
        scene.batches().forEach(judge::accept);
        RoundVerdict verdict =
                judge.judgeAlone(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
        assertThat(requirement(verdict, "wifi", "apns-device-direct").verdict()).hasToString(direct);
        assertThat(requirement(verdict, "wifi", "enterprise-hosts").verdict()).hasToString(hosts);
        assertThat(found(verdict)).isEqualTo("-");
    }

    @Test
    void saysWhetherTheRuleIsBrokenAndWhetherDevicesWouldStillWork() {
        Requirement direct = requirement(judge(EVERYBODY, "wifi:silent tcp/5223"), "wifi", "apns-device-direct");
        assertThat(direct.verdict()).isEqualTo(Requirement.Verdict.BROKEN);
        assertThat(direct.stillWorks()).isEqualTo(Requirement.Verdict.MET);
        Requirement other = requirement(judge(EVERYBODY, "wifi:silent tcp/5223"), "guest", "apns-device-direct");
        assertThat(other.verdict()).isEqualTo(Requirement.Verdict.MET);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    open            | mask.icloud.com:udp-443 |                                              | OK
                    denied by name  | mask.icloud.com:udp-443 | wifi:dns-nxdomain name:mask.icloud.com       | OPTIONAL_OFF
                    badly blocked   | mask.icloud.com:udp-443 | wifi:silent udp/443                          | BLOCKED
                    open            | pos-device.apple.com:udp-443 |                                         | OK
                    refused         | pos-device.apple.com:udp-443 | wifi:quic-refused udp/443               | OK
                    stopped         | pos-device.apple.com:udp-443 | wifi:quic-v1 udp/443                    | BLOCKED
                    not known       | mask.icloud.com:udp-443 | wifi:quic-v1 udp/443                         | OK
                    open            | doh.dns.apple.com:443   |                                              | OK
                    denied by name  | doh.dns.apple.com:443   | wifi:dns-refused name:doh.dns.apple.com      | OPTIONAL_OFF
                    badly blocked   | doh.dns.apple.com:443   | wifi:silent name:doh.dns.apple.com           | INSUFFICIENT
                    """)
    void whatPolicyMayShutIsOpenCleanlyShutOrBadlyBlocked(String what, String target, String faults, State state) {
        RoundVerdict verdict = judge(EVERYBODY, faults);
        assertThat(verdict.cells())
                .filteredOn(c ->
                        c.segment().value().equals("wifi") && c.target().value().equals(target))
                .singleElement()
                .matches(c -> c.state() == state && !c.required(), state + ", not required");
        assertThat(requirement(verdict, "wifi", "apns-device-direct").verdict()).isEqualTo(Requirement.Verdict.MET);
    }

    @Test
    void aFailureThatWasSeenOnceAndNeverAgainProvesNothingEitherWay() {
        RoundVerdict verdict = judge(EVERYBODY, "wifi:seen-once tcp/5223");
        assertThat(found(verdict)).isEqualTo("-");
        assertThat(requirement(verdict, "wifi", "apns-device-direct").verdict())
                .isEqualTo(Requirement.Verdict.INSUFFICIENT);
    }

    @Test
    void orderAndDuplicatesOfFactsChangeNothing() {
        Scene scene = new Scene(pki, EVERYBODY, faults("wifi:silent tcp/5223; guest:foreign tcp/443"));
        List<Map.Entry<AgentId, Batch>> batches =
                new ArrayList<>(scene.batches().entrySet());
        RoundVerdict once = judge(scene, batches);
        batches.addAll(List.copyOf(batches));
        Collections.shuffle(batches, new Random(7));
        assertThat(judge(scene, batches)).isEqualTo(once);
    }

    @Test
    void everyFindingHasAWitnessWithItsFiveTuple() {
        RoundVerdict verdict = judge(EVERYBODY, "wifi:silent tcp/5223; srv:dns-refused all");
        assertThat(verdict.findings())
                .hasSize(2)
                .allSatisfy(f -> assertThat(f.witnesses())
                        .isNotEmpty()
                        .allSatisfy(w -> assertThat(w.remote().address()).isNotEmpty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                                                               | wifi:silent tcp/5223; guest:foreign tcp/443; srv:reset tcp/2197
                    wifi:silent tcp/5223; guest:foreign tcp/443; srv:reset tcp/2197            |
                    wifi:silent all@apple; guest:dns-nxdomain all                              |
                                                                                               | everywhere:silent all
                    """)
    void whatHappensThroughAProxyChangesNoVerdictWhereTheDirectWayLeadsOut(String directly, String throughProxy) {
        Scene scene = new Scene(pki, EVERYBODY, faults(directly));
        Map<AgentId, Batch> other = new Scene(pki, EVERYBODY, faults(throughProxy)).batches();
        List<Map.Entry<AgentId, Batch>> plain = new ArrayList<>(scene.batches().entrySet());
        List<Map.Entry<AgentId, Batch>> both = plain.stream()
                .map(e -> Map.entry(
                        e.getKey(), Proxied.with(e.getValue(), Objects.requireNonNull(other.get(e.getKey())))))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(both.get(0).getValue().observations().get(0).attempts())
                .hasSizeGreaterThan(
                        plain.get(0).getValue().observations().get(0).attempts().size());
        RoundVerdict seen = judge(scene, both);
        assertThat(withoutNotes(seen)).isEqualTo(withoutNotes(judge(scene, plain)));
        // That it is offered is told wherever the direct way leads to the same.
        assertThat(seen.findings())
                .filteredOn(f -> f.mechanism() == Mechanism.PROXY_OFFERED)
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.sentence()).contains("proxy.campus.example:3128 (found by wpad-dns)"));
    }

    private static RoundVerdict withoutNotes(RoundVerdict verdict) {
        return new RoundVerdict(
                verdict.round(),
                verdict.closedAt(),
                verdict.heard(),
                verdict.cells(),
                verdict.findings().stream()
                        .filter(f -> f.mechanism() != Mechanism.PROXY_OFFERED)
                        .toList(),
                verdict.suspicions(),
                verdict.requirements(),
                verdict.pools());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        wifi:silent all      | 200 | wifi proxy.required all
        wifi:silent all      | 407 | wifi proxy.auth-required all
        wifi:silent all      | 403 | wifi segment.offline all
        wifi:silent tcp/5223 | 200 | wifi tcp.drop tcp/5223
        """)
    void aProxyThatAloneLeadsOutIsNamed(String faults, int status, String expected) {
        Scene scene = new Scene(pki, EVERYBODY, faults(faults));
        Map<AgentId, Batch> through = new Scene(pki, EVERYBODY, List.of()).batches();
        List<Map.Entry<AgentId, Batch>> batches = scene.batches().entrySet().stream()
                .map(e -> Map.entry(
                        e.getKey(),
                        Proxied.with(e.getValue(), Objects.requireNonNull(through.get(e.getKey())), status)))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(found(judge(scene, batches))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        all genuine                    | wifi:silent all       |                                                        | wifi proxy.required all
        443 signed anew                | wifi:silent all       | wifi:foreign tcp/443                                   | wifi proxy.intercepts tcp/443; wifi proxy.required all
        443 signed anew, the rest shut | wifi:silent all       | wifi:foreign tcp/443; wifi:silent tcp/5223+tcp/2197    | wifi proxy.intercepts tcp/443; wifi proxy.required all
        everything signed anew         | wifi:silent all       | wifi:foreign all                                       | wifi proxy.intercepts tcp/443+tcp/5223; wifi proxy.required all
        one odd chain                  | wifi:silent all       | wifi:foreign name:xp.apple.com                         | wifi proxy.required all
        Apple's names left alone       | wifi:silent all       | wifi:foreign name:icloud.com+name:example.com          | wifi proxy.intercepts name:example.com+name:icloud.com; wifi proxy.required all
        keys that rotate               | wifi:silent all       | wifi:rotated tcp/443                                   | wifi proxy.required all
        the direct way is open         | wifi:silent tcp/5223  | wifi:foreign tcp/443                                   | wifi tcp.drop tcp/5223
        """)
    void aProxyThatAloneLeadsOutAndSignsAnewIsNamedForBoth(
            String what, String directly, String throughProxy, String expected) {
        Scene scene = new Scene(pki, EVERYBODY, faults(directly));
        Map<AgentId, Batch> through = new Scene(pki, EVERYBODY, faults(throughProxy)).batches();
        List<Map.Entry<AgentId, Batch>> batches = scene.batches().entrySet().stream()
                .map(e -> Map.entry(
                        e.getKey(),
                        e.getKey().segment().value().equals("wifi")
                                ? Proxied.with(e.getValue(), Objects.requireNonNull(through.get(e.getKey())))
                                : e.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
        RoundVerdict verdict = judge(scene, batches);
        assertThat(found(verdict)).isEqualTo(expected);
        assertThat(requirement(verdict, "wifi", "no-interception").verdict())
                .isEqualTo(
                        expected.contains("proxy.intercepts")
                                ? Requirement.Verdict.BROKEN
                                : expected.contains("tcp.drop")
                                        ? Requirement.Verdict.MET
                                        : Requirement.Verdict.INSUFFICIENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        guest:foreign tcp/443 | guest tls.intercepted | another key is shown in the place of the helper's
                              | -                     | ''
        """)
    void aReplacedKeyOfTheHelperIsCitedWithTheForeignChainsAndAccusesNobodyByItself(
            String faults, String expected, String cited) {
        Scene scene = new Scene(pki, EVERYBODY, faults(faults));
        List<Map.Entry<AgentId, Batch>> batches = scene.batches().entrySet().stream()
                .map(e -> Map.entry(
                        e.getKey(),
                        e.getKey().segment().value().equals("guest") ? withReplacedKey(e.getValue()) : e.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
        RoundVerdict verdict = judge(scene, batches);
        assertThat(found(verdict)).startsWith(expected);
        assertThat(verdict.findings().stream().map(Finding::sentence).collect(Collectors.joining()))
                .contains(cited);
    }

    private static Batch withReplacedKey(Batch batch) {
        Attempt attempt = batch.observations().get(0).attempts().get(0);
        Echo echo = new Echo(EchoAsk.TLS, EchoAnswer.OTHER_KEY, attempt, List.of(), Endpoint.NONE);
        return Echoed.with(batch, List.of(echo));
    }

    private static Requirement requirement(RoundVerdict verdict, String segment, String id) {
        return verdict.requirements().stream()
                .filter(r -> r.segment().value().equals(segment) && r.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static RoundVerdict judge(Set<String> segments, String faults) {
        Scene scene = new Scene(pki, segments, faults(faults));
        return judge(scene, new ArrayList<>(scene.batches().entrySet()));
    }

    private static RoundVerdict judge(Scene scene, List<Map.Entry<AgentId, Batch>> batches) {
        SiteJudge judge = scene.judge();
        batches.forEach(b -> judge.accept(b.getKey(), b.getValue()));
        return judge.judge(Scene.ROUND, Instant.ofEpochMilli(Scene.ROUND).plusSeconds(9));
    }

    private static List<Scene.Fault> faults(String text) {
        return text == null ? List.of() : Scene.Fault.all(text);
    }
}
