package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.KeyFingerprint;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that have a token and wait, over a real file and a real authority. */
final class ApprovalTest {
    private static final InetAddress FROM = new InetSocketAddress("192.0.2.7", 1).getAddress();

    private static final SegmentId WIFI = new SegmentId("wifi");
    private static final String OPENS_NOTHING = "this token opens nothing";

    @TempDir
    Path folder;

    private final SetClock clock = SetClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private EnrolmentFile file;
    private Enrolment enrolment;
    private Approvals approvals;

    @BeforeEach
    void start() throws Exception {
        new AuthorityFolder(folder.resolve("pki"))
                .init("campus.example", "campus", List.of("127.0.0.1"), clock.instant());
        open(true);
    }

    private void open(boolean isApprovalRequired) throws Exception {
        Path pki = folder.resolve("pki");
        TlsMaterial own = new TlsFiles(
                        pki.resolve("collector.pem"), pki.resolve("collector.key"), pki.resolve("ca.pem"))
                .load(clock.instant());
        Doors doors = Doors.of(List.of("127.0.0.1"), own.chain().get(0));
        doors.open(50052, 50051);
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
        SiteAuthority authority =
                SiteAuthority.load(pki.resolve("ca.pem"), pki.resolve("ca.key"), own, clock.instant());
        enrolment = new Enrolment(file, authority, doors, () -> EnrollingCollector.SITE, isApprovalRequired, clock);
        approvals = new Approvals(file, () -> EnrollingCollector.SITE, clock);
    }

    private void restart(boolean isApprovalRequired) throws Exception {
        file.close();
        open(isApprovalRequired);
    }

    @AfterEach
    void stop() {
        file.close();
    }

    private Sha256 token() throws Exception {
        JoinToken token = enrolment
                .invite(WIFI, Optional.empty(), Duration.ofHours(1), "somebody")
                .token();
        return token.hash();
    }

    private Enrolment.Given ask(Sha256 token, KeyPair key, String name) throws Exception {
        return enrolment.join(token, Requests.usual(key), name, false, FROM);
    }

    private Refusal refused(Sha256 token, KeyPair key, String name) {
        return catchThrowableOfType(Refusal.class, () -> ask(token, key, name));
    }

    private static String fingerprint(KeyPair key) {
        return new KeyFingerprint(Sha256.of(key.getPublic().getEncoded())).toString();
    }

    private static SpiffeId certified(Enrolment.Given given) throws Exception {
        return SpiffeId.of((X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        given.certificate().orElseThrow().toArray())));
    }

    private long audited(What what) {
        return file.read(records -> records.audit(Long.MAX_VALUE, 1000)).stream()
                .filter(e -> e.what() == what)
                .count();
    }

    @Test
    void aHostWaitsWithoutACertificateUntilSomebodySaysYes() throws Exception {
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        Enrolment.Given first = ask(token, key, "laptop");
        assertThat(first.certificate()).isEmpty();
        assertThat(first.waiting().orElseThrow().all()).isEqualTo(1);
        assertThat(approvals.pending()).singleElement().satisfies(p -> {
            assertThat(p.identity()).hasToString("spiffe://campus.example/site/campus/segment/wifi/agent/laptop");
            assertThat(p.fingerprint()).hasToString(fingerprint(key));
            assertThat(p.address()).isEqualTo(FROM.getHostAddress());
            assertThat(p.endsAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        });
        restart(true);
        assertThat(ask(token, key, "laptop").certificate())
                .as("it goes on waiting")
                .isEmpty();
        assertThat(audited(What.JOIN_PENDING)).as("asking again is no news").isEqualTo(1);
        approvals.approve(WIFI, "laptop", fingerprint(key), "operator");
        restart(true);
        Enrolment.Given given = ask(token, key, "laptop");
        assertThat(certified(given).name()).isEqualTo("laptop");
        assertThat(given.isNew()).isTrue();
        assertThat(approvals.pending()).isEmpty();
        assertThat(ask(token, key, "laptop").certificate())
                .as("an answer that was lost")
                .isEqualTo(given.certificate());
        assertThat(audited(What.JOIN_APPROVED)).isEqualTo(1);
        assertThat(audited(What.JOINED)).isEqualTo(1);
    }

    @Test
    void whoeverElseHasTheTokenGetsNothingBesideTheHostThatWaits() throws Exception {
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        ask(token, key, "laptop");
        KeyPair thief = Requests.ec("secp256r1");
        assertThat(refused(token, thief, "laptop")).hasMessageStartingWith(OPENS_NOTHING);
        approvals.approve(WIFI, "laptop", "", "operator");
        assertThat(refused(token, thief, "laptop")).hasMessageStartingWith(OPENS_NOTHING);
        assertThat(ask(token, key, "laptop").certificate()).isPresent();
    }

    @Test
    void aHostThatIsDeniedIsToldWhyAndItsTokenIsDead() throws Exception {
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        ask(token, key, "laptop");
        approvals.deny(WIFI, "laptop", "", "nobody knows it", "operator");
        assertThat(approvals.pending()).isEmpty();
        Refusal denied = refused(token, key, "laptop");
        assertThat(denied).hasMessage("an operator denied this host: nobody knows it; ask for another invitation");
        assertThat(denied.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refused(token, Requests.ec("secp256r1"), "laptop")).hasMessageStartingWith(OPENS_NOTHING);
        assertThat(audited(What.JOIN_DENIED)).isEqualTo(1);
        assertThat(catchThrowableOfType(Refusal.class, () -> approvals.approve(WIFI, "laptop", "", "operator")))
                .hasMessage("no host waits as wifi/laptop; see plumbline agents --pending");
    }

    @Test
    void aKeyThatIsNotTheOneOnTheOthersScreenIsNotApproved() throws Exception {
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        ask(token, key, "laptop");
        String other = fingerprint(Requests.ec("secp256r1"));
        assertThat(catchThrowableOfType(Refusal.class, () -> approvals.approve(WIFI, "laptop", other, "operator")))
                .hasMessage("the host that waits as wifi/laptop has the key " + fingerprint(key)
                        + ", not the one that was given: it is another host, or the fingerprint was read wrong");
        assertThat(ask(token, key, "laptop").certificate()).isEmpty();
    }

    @Test
    void aPendingHostEndsWithItsTokenApprovedOrNot() throws Exception {
        Sha256 waiting = token();
        Sha256 approved = token();
        KeyPair one = Requests.ec("secp256r1");
        KeyPair other = Requests.ec("secp256r1");
        ask(waiting, one, "one");
        ask(approved, other, "other");
        approvals.approve(WIFI, "other", "", "operator");
        clock.advance(Duration.ofHours(1));
        assertThat(approvals.pending()).isEmpty();
        assertThat(refused(waiting, one, "one")).hasMessageStartingWith(OPENS_NOTHING);
        assertThat(refused(approved, other, "other")).hasMessageStartingWith(OPENS_NOTHING);
    }

    @Test
    void aNameThatSomebodyWaitsForIsTaken() throws Exception {
        ask(token(), Requests.ec("secp256r1"), "laptop");
        Enrolment.Given second = ask(token(), Requests.ec("secp256r1"), "laptop");
        assertThat(second.waiting().orElseThrow().pending().identity().name()).isEqualTo("laptop-2");
    }

    @Test
    void severalHostsThatComeBackUnderOneNameAreToldApartByTheirKeys() throws Exception {
        KeyPair one = Requests.ec("secp256r1");
        KeyPair other = Requests.ec("secp256r1");
        for (KeyPair key : List.of(one, other)) {
            JoinToken token = enrolment
                    .invite(WIFI, Optional.of("desk"), Duration.ofHours(1), "somebody")
                    .token();
            ask(token.hash(), key, "ignored");
        }
        assertThat(catchThrowableOfType(Refusal.class, () -> approvals.approve(WIFI, "desk", "", "operator")))
                .hasMessageStartingWith(
                        "several hosts wait as wifi/desk; name the key that is meant (--fingerprint): ");
        assertThat(approvals
                        .approve(WIFI, "desk", fingerprint(other), "operator")
                        .fingerprint())
                .hasToString(fingerprint(other));
    }

    private Sha256 tokenFor(String name) throws Exception {
        return enrolment
                .invite(WIFI, Optional.of(name), Duration.ofHours(1), "somebody")
                .token()
                .hash();
    }

    private Sha256 latestKey(String name) throws Exception {
        SpiffeId identity = SpiffeId.agent("campus.example", "campus", WIFI, name);
        return file.read(records -> records.renewalKeys(identity)).orElseThrow().latest();
    }

    @Test
    void aHostThatWaitsDoesNotTakeThePlaceOfOneThatWasGivenItsNameMeanwhile() throws Exception {
        KeyPair late = Requests.ec("secp256r1");
        Sha256 waiting = token();
        ask(waiting, late, "laptop");
        clock.advance(Duration.ofMinutes(1));
        KeyPair named = Requests.ec("secp256r1");
        Sha256 other = tokenFor("laptop");
        ask(other, named, "ignored");
        approvals.approve(WIFI, "laptop", fingerprint(named), "operator");
        assertThat(ask(other, named, "ignored").certificate()).isPresent();
        Sha256 key = latestKey("laptop");
        Refusal told = catchThrowableOfType(Refusal.class, () -> approvals.approve(WIFI, "laptop", "", "operator"));
        assertThat(told)
                .hasMessage(
                        "wifi/laptop is another host since 2026-11-23T10:01:00Z, and the one that waits under its name"
                                + " would take its place: deny it (plumbline deny wifi/laptop --fingerprint "
                                + fingerprint(late)
                                + ") and invite it under another name (plumbline invite --segment wifi); a host that is to come"
                                + " back under this name asks again with a new invitation (--agent laptop)");
        assertThat(told.status().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(refused(waiting, late, "laptop"))
                .hasMessage("the name laptop is another host's since 2026-11-23T10:01:00Z, while this one waited for"
                        + " approval; ask for another invitation");
        assertThat(latestKey("laptop")).as("whoever has the name keeps it").isEqualTo(key);
        approvals.deny(WIFI, "laptop", fingerprint(late), "", "operator");
        assertThat(approvals.pending()).isEmpty();
    }

    @Test
    void ofTwoThatWereApprovedUnderOneNameTheSecondDoesNotTakeTheFirstsPlace() throws Exception {
        KeyPair one = Requests.ec("secp256r1");
        KeyPair second = Requests.ec("secp256r1");
        Sha256 ofOne = tokenFor("desk");
        Sha256 ofSecond = tokenFor("desk");
        ask(ofOne, one, "ignored");
        ask(ofSecond, second, "ignored");
        approvals.approve(WIFI, "desk", fingerprint(one), "operator");
        approvals.approve(WIFI, "desk", fingerprint(second), "operator");
        assertThat(ask(ofOne, one, "ignored").certificate()).isPresent();
        Sha256 key = latestKey("desk");
        assertThat(refused(ofSecond, second, "ignored"))
                .hasMessageStartingWith("the name desk is another host's since");
        assertThat(latestKey("desk")).isEqualTo(key);
        assertThat(audited(What.JOINED)).isEqualTo(1);
    }

    @Test
    void aHostThatComesBackUnderItsNameTakesItsOldPlaceWhenSomebodySaysYes() throws Exception {
        for (int time = 1; time <= 2; time++) {
            Sha256 token = tokenFor("desk");
            KeyPair key = Requests.ec("secp256r1");
            ask(token, key, "ignored");
            approvals.approve(WIFI, "desk", "", "operator");
            assertThat(ask(token, key, "ignored").certificate()).isPresent();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(audited(What.JOINED)).isEqualTo(2);
    }

    @Test
    void anAuthorityThatHasEndedGivesNothingAndSaysSo() throws Exception {
        clock.advance(Duration.ofDays(3651));
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        ask(token, key, "laptop");
        approvals.approve(WIFI, "laptop", "", "operator");
        assertThat(refused(token, key, "laptop"))
                .hasMessage(
                        "the site's authority ended on 2036-11-20T10:00:00Z, and what it issues holds no longer; put a new"
                                + " one in its place (enrolment.authority) and start the collector anew");
    }

    @Test
    void onlySoManyMayWait() throws Exception {
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        for (int i = 0; i < 256; i++) {
            enrolment.join(token(), request, "host-" + i, true, FROM);
        }
        assertThat(catchThrowableOfType(Refusal.class, () -> enrolment.join(token(), request, "one-more", true, FROM)))
                .hasMessage("256 hosts wait for approval, and no more may; try again later");
        clock.advance(Duration.ofHours(1));
        enrolment.join(token(), request, "one-more", true, FROM);
        assertThat(approvals.pending()).hasSize(1);
    }

    @Test
    void whereNobodyNeedsToSayYesAnyMoreTheHostThatWaitsIsLetIn() throws Exception {
        Sha256 token = token();
        KeyPair key = Requests.ec("secp256r1");
        ask(token, key, "laptop");
        restart(false);
        assertThat(certified(ask(token, key, "laptop")).name()).isEqualTo("laptop");
    }
}
