package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.declared.WrittenSite;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.SegmentDeclaration;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invitations into a segment that is just being removed, over a real file and a real authority. */
final class RemovedSegmentTest {
    private static final InetAddress FROM = new InetSocketAddress("192.0.2.7", 1).getAddress();
    private static final SegmentId LAB = new SegmentId("lab");
    private static final Segment WIFI = segment("wifi");

    @TempDir
    Path folder;

    private final SetClock host = SetClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private final SetClock siteTime = SetClock.at(host.instant());
    private final List<Refusal> refusals = new ArrayList<>();
    private EnrolmentFile file;
    private Enrolment enrolment;
    private SegmentRegister register;
    private TokenRegister tokens;
    private volatile Site site;
    /** What somebody else does when a change is in the file and nobody was told of it yet. */
    private @Nullable Step meanwhile;

    private interface Step {
        void take() throws Refusal;
    }

    private static Segment segment(String id) {
        return new Segment(new SegmentId(id), id, SegmentKind.WIFI, Set.of(Role.DEVICE), List.of(), "nat");
    }

    private static WrittenSite written(Segment... segments) {
        Map<SegmentId, String> places = Map.of(new SegmentId("wifi"), "collector.yaml:9", LAB, "collector.yaml:10");
        Site site = new Site("campus", "campus.example", "plumbline-2026", Set.of(), Set.of(), List.of(segments));
        return new WrittenSite(site, segments.length == 2 ? places : Map.of(new SegmentId("wifi"), "collector.yaml:9"));
    }

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), host.instant());
        open(written(WIFI));
    }

    @AfterEach
    void stop() {
        file.close();
    }

    private void open(WrittenSite written) throws Exception {
        Path pki = folder.resolve("pki");
        TlsMaterial own = new TlsFiles(
                        pki.resolve("collector.pem"), pki.resolve("collector.key"), pki.resolve("ca.pem"))
                .load(host.instant());
        Doors doors = Doors.of(List.of("127.0.0.1"), own.chain().get(0));
        doors.open(50052, 50051);
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
        SiteAuthority authority = SiteAuthority.load(pki.resolve("ca.pem"), pki.resolve("ca.key"), own, host.instant());
        enrolment = new Enrolment(file, authority, doors, () -> site, false, host);
        var changes = SegmentRegister.settled(file, written, siteTime);
        site = written.after(changes);
        tokens = new TokenRegister(file, written::site, new RefusedTries(file, siteTime), siteTime);
        register = SegmentRegister.open(file, written, changes, new Told(), new Agents(), tokens, siteTime, host);
    }

    private final class Told implements SegmentRegister.InForce {
        @Override
        public List<String> contradictions(Site next) {
            return List.of();
        }

        @Override
        public void rule(Site next) {
            if (meanwhile != null) {
                try {
                    meanwhile.take();
                } catch (Refusal e) {
                    refusals.add(e);
                }
            }
            site = next;
        }
    }

    private void add() throws Exception {
        register.add(
                SegmentDeclaration.newBuilder().setId("lab").setKind("wifi").build(), "somebody");
    }

    private Sha256 invite() throws Refusal {
        return enrolment
                .invite(LAB, Optional.empty(), Duration.ofHours(1), "somebody")
                .token()
                .hash();
    }

    private void join(Sha256 token) throws Exception {
        enrolment.join(token, Requests.usual(Requests.ec("secp256r1")), "host", false, FROM);
    }

    private List<What> audited() {
        return file.read(records -> records.audit(Long.MAX_VALUE, 1000)).stream()
                .map(AuditEntry::what)
                .toList();
    }

    @Test
    void nobodyIsInvitedIntoASegmentWhoseRemovalIsInTheFile() throws Exception {
        add();
        meanwhile = this::invite;
        register.remove("lab", false, "somebody");
        meanwhile = null;
        assertThat(refusals)
                .extracting(Refusal::getMessage)
                .containsExactly("segment lab is not declared in the collector's site");
        assertThat(audited()).doesNotContain(What.INVITED);
    }

    @Test
    void aTokenOfBeforeOpensNothingDuringTheRemovalNorAfterTheSegmentIsAddedAgain() throws Exception {
        add();
        Sha256 token = invite();
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        meanwhile = () -> enrolment.join(token, request, "host", false, FROM);
        register.remove("lab", false, "somebody");
        meanwhile = null;
        add();
        assertThat(refusals).hasSize(1);
        assertThat(catchThrowableOfType(Refusal.class, () -> join(token)))
                .hasMessageStartingWith("this token opens nothing");
        assertThat(audited()).doesNotContain(What.JOINED);
        join(invite());
        assertThat(audited()).contains(What.JOINED);
    }

    @Test
    void anInvitationThatEndedBySitesTimeAloneIsTakenBackToo() throws Exception {
        add();
        Sha256 token = invite();
        siteTime.advance(Duration.ofHours(2));
        assertThat(register.remove("lab", false, "somebody").taken().invitations())
                .isEqualTo(1);
        add();
        assertThat(catchThrowableOfType(Refusal.class, () -> join(token)))
                .hasMessageStartingWith("this token opens nothing");
    }

    @Test
    void aTokenForASegmentOfTheConfigurationOpensNoneOfItsIdThatIsAddedByCommandLater() throws Exception {
        file.close();
        open(written(WIFI, segment("lab")));
        AccessToken token = tokens.create(AccessRole.VIEWER, "wall", Set.of(LAB), Duration.ofHours(1), "somebody")
                .token();
        file.close();
        // The start that misses the segment cannot write this down.
        sql("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
        open(written(WIFI));
        sql("DROP TRIGGER full");
        add();
        assertThat(file.read(records -> records.tokens().token(token.id()))
                        .orElseThrow()
                        .revoked())
                .isPresent();
    }

    private void sql(String statement) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement one = other.createStatement()) {
            one.execute(statement);
        }
    }

    @Test
    void aSegmentThatWasRemovedByCommandAndIsWrittenNowIsOneAgain() throws Exception {
        add();
        register.remove("lab", false, "somebody");
        file.close();
        open(written(WIFI, segment("lab")));
        join(invite());
        assertThat(audited()).contains(What.SEGMENT_WRITTEN, What.JOINED);
        file.close();
        open(written(WIFI, segment("lab")));
        assertThat(audited()).as("entered once").containsOnlyOnce(What.SEGMENT_WRITTEN);
    }
}
