package dev.plumbline.collector.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.HeardLog;
import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.collector.enrol.SiteAuthority;
import dev.plumbline.identity.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody else replaces while the port shows what they held. */
final class FollowedCertificateTest {
    @TempDir
    Path folder;

    private final SetClock clock = SetClock.at(Instant.now());
    private final SiteAuthority organisation = SiteAuthority.create("other.example", "other", clock.instant());
    private final Issued first = issued();
    private final HeardLog log = HeardLog.of(FollowedCertificate.class);
    private FollowedCertificate followed;

    @BeforeEach
    void read() throws Exception {
        write(first);
        writeKey(first);
        followed = FollowedCertificate.read(new PeopleSettings.Own(certificate(), key()), clock);
    }

    @AfterEach
    void close() {
        followed.close();
        log.close();
    }

    private Issued issued() {
        return organisation.collector(List.of("127.0.0.1"), clock.instant());
    }

    private Path certificate() {
        return folder.resolve("own.pem");
    }

    private Path key() {
        return folder.resolve("own.key");
    }

    private void write(Issued issued) throws Exception {
        Files.writeString(certificate(), Pem.certificate(issued.certificate()));
    }

    private void writeKey(Issued issued) throws Exception {
        Files.writeString(key(), Pem.key(issued.key()));
    }

    private X509Certificate shown() {
        followed.look();
        return followed.shown().current().certificates().get(0);
    }

    @Test
    void aNewCertificateIsShownWhenItsKeyIsThereAsWell() throws Exception {
        Issued second = issued();
        assertThat(shown()).isEqualTo(first.certificate());
        write(second);
        assertThat(shown()).as("its key is not there yet").isEqualTo(first.certificate());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR " + key() + ": is not the key of " + certificate())
                .endsWith("the people's port goes on showing the certificate before, which ends on "
                        + first.certificate().getNotAfter().toInstant());
        writeKey(second);
        assertThat(shown()).isEqualTo(second.certificate());
        assertThat(followed.shown().current().key()).isEqualTo(second.key());
        assertThat(log.lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what becomes of the certificate's file | what is said of it
            gone                                     | : is missing; name an existing PEM file
            nonsense                                 | : holds no certificate; it should hold -----BEGIN CERTIFICATE-----
            ended                                    | : the certificate ended on
            not begun                                | : the certificate begins on
            """)
    void whatCannotBeShownLeavesTheOneBeforeAndIsSaidOnceAnHour(String what, String sentence) throws Exception {
        switch (what) {
            case "gone" -> Files.delete(certificate());
            case "nonsense" -> Files.writeString(certificate(), "nonsense");
            case "ended" ->
                both(organisation.collector(List.of(), clock.instant().minus(Duration.ofDays(900))));
            case "not begun" ->
                both(organisation.collector(List.of(), clock.instant().plus(Duration.ofDays(2))));
            default -> throw new IllegalArgumentException(what);
        }
        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(log.lines()).singleElement().asString().startsWith("ERROR " + certificate() + sentence);
        clock.advance(Duration.ofHours(1));
        assertThat(shown()).isEqualTo(first.certificate());
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aCertificateThatHadNotBegunIsShownWhenItHas() throws Exception {
        Issued later = organisation.collector(List.of(), clock.instant().plus(Duration.ofDays(2)));
        both(later);
        assertThat(shown()).isEqualTo(first.certificate());
        clock.advance(Duration.ofDays(3));
        assertThat(shown()).isEqualTo(later.certificate());
    }

    private void both(Issued issued) throws Exception {
        write(issued);
        writeKey(issued);
    }
}
