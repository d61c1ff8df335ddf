package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.clock.SetClock;
import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.BearerToken;
import dev.plumbline.collector.access.Purview;
import dev.plumbline.config.ConfigException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens while the clock is wrong and while their file cannot be read. */
final class TokenRegisterTest {
    @TempDir
    Path folder;

    private final SetClock clock = SetClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private EnrolmentFile file;
    private TokenRegister tokens;

    @BeforeEach
    void open() throws ConfigException {
        file = EnrolmentFile.open(folder.resolve("enrolment.db"));
        tokens = register();
    }

    @AfterEach
    void close() {
        file.close();
    }

    private TokenRegister register() {
        Site site = new Site("campus", "campus.example", "plumbline-2026", Set.of(), Set.of(), List.of());
        return new TokenRegister(file, () -> site, new RefusedTries(file, clock), clock);
    }

    private TokenRegister.Created create(String name) throws Refusal {
        return tokens.create(AccessRole.VIEWER, name, Set.of(), Duration.ofHours(1), "somebody");
    }

    private boolean isAdmitted(TokenRegister.Created created) {
        return isAdmitted(created.secret());
    }

    private boolean isAdmitted(BearerToken token) {
        return tokens.admit(Optional.of(token.text()), InetAddress.getLoopbackAddress()) instanceof Admission.Granted;
    }

    @Test
    void aTokenThatEndedByAClockThatLeaptAheadIsGoodAgainWhenTheClockIsRight() throws Exception {
        TokenRegister.Created token = create("wall");
        clock.advance(Duration.ofDays(300));
        assertThat(isAdmitted(token)).isFalse();
        // Whatever is given or taken back meanwhile, and a start meanwhile.
        tokens.revoke(create("other").token().id(), "somebody");
        tokens = register();
        clock.advance(Duration.ofDays(-300));
        assertThat(isAdmitted(token)).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(isAdmitted(token)).isFalse();
    }

    @Test
    void aRevocationIsToldAsDoneAndIsDoneThoughTheFileCannotBeReadAfterIt() throws Exception {
        TokenRegister.Created good = create("good");
        TokenRegister.Created damaged = create("damaged");
        sql("UPDATE access_token SET role = 'NONSENSE' WHERE id = '"
                + damaged.token().id() + "'");
        AccessToken after = tokens.revoke(good.token().id(), "somebody");
        assertThat(after.revoked()).isPresent();
        assertThat(isAdmitted(good)).isFalse();
        assertThat(isAdmitted(create("new"))).isTrue();
    }

    @Test
    void aRevocationThatCannotBeWrittenIsToldAsNotDoneAndChangesNothing() throws Exception {
        TokenRegister.Created token = create("wall");
        sql("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
        assertThat(catchThrowable(() -> tokens.revoke(token.token().id(), "somebody")))
                .isInstanceOf(EnrolmentFileException.class)
                .hasMessageContaining("could not be written")
                .hasMessageContaining("disk is full");
        assertThat(isAdmitted(token)).isTrue();
        assertThat(tokens.all()).extracting(AccessToken::revoked).isEqualTo(List.of(Optional.empty()));
    }

    @Test
    void theLastUseOfATokenIsToldAfterItsRevocationTooWhichIsWhenMemoryForgetsIt() throws Exception {
        TokenRegister.Created token = create("wall");
        assertThat(isAdmitted(token)).isTrue();
        // Sooner than a use is written again.
        clock.advance(Duration.ofSeconds(30));
        assertThat(isAdmitted(token)).isTrue();
        assertThat(tokens.revoke(token.token().id(), "somebody").lastUse())
                .map(AccessToken.Use::at)
                .contains(clock.instant());
        assertThat(tokens.all().get(0).lastUse()).map(AccessToken.Use::at).contains(clock.instant());
    }

    @Test
    void noMoreThanAThousandAreOpenAndWhatEndedLongestAgoLeavesMemory() throws Exception {
        List<BearerToken> ended = fill(2_001);
        clock.advance(Duration.ofHours(2));
        tokens = register();
        TokenRegister.Created latest = create("latest");
        clock.advance(Duration.ofHours(-2));
        assertThat(isAdmitted(latest)).isTrue();
        // Each ends one millisecond after the one before: two had to leave.
        assertThat(ended.subList(0, 4).stream().map(this::isAdmitted)).containsExactly(false, false, true, true);
        assertThat(catchThrowable(() -> create("one-too-many")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("there are 1000 tokens already; revoke those that nobody uses");
    }

    /** In one transaction; each ends within the hour, a little after the one before. */
    private List<BearerToken> fill(int many) throws Refusal {
        SecureRandom random = new SecureRandom();
        List<BearerToken> secrets =
                Stream.generate(() -> BearerToken.random(random)).limit(many).toList();
        file.change(records -> {
            for (int i = 0; i < many; i++) {
                records.tokens()
                        .add(new AccessToken(
                                secrets.get(i).hash(),
                                "job",
                                AccessRole.VIEWER,
                                Purview.WHOLE_SITE,
                                "somebody",
                                clock.instant(),
                                clock.instant().plus(Duration.ofMinutes(30)).plusMillis(i),
                                Optional.empty(),
                                Optional.empty()));
            }
            return many;
        });
        return secrets;
    }

    private void sql(String statement) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("enrolment.db"));
                Statement one = other.createStatement()) {
            one.execute(statement);
        }
    }
}
