package dev.plumbline.deploy.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.Collector;
import dev.plumbline.collector.CollectorConfig;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To whom a host that joins tells nothing. */
final class UntrustedCollectorTest extends EnrollingCampus {
    @Test
    void aCollectorOfAnotherAuthorityIsNotToldTheSecret() throws Exception {
        JoinToken right = JoinToken.parse(invite());
        JoinToken other =
                new JoinToken(right.addresses(), Sha256.of(new byte[] {1}), right.collector(), right.secret());
        Typed refused = join(other.text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("is not trusted and was told nothing: the server shows no authority with the token's"
                        + " fingerprint: it is not the collector that gave the token, or somebody is in between");
        assertThat(folder.resolve("agent")).doesNotExist();
        // It was told nothing: the token is as good as before.
        assertThat(join(right.text(), "agent").exitCode()).isZero();
    }

    /** An organisation may have one authority for several sites. */
    @Test
    void theCollectorOfAnotherSiteUnderTheSameAuthorityIsNotToldTheSecret() throws Exception {
        JoinToken right = JoinToken.parse(invite());
        SpiffeId sister = SpiffeId.collector("campus.example", "sister");
        Typed refused =
                join(new JoinToken(right.addresses(), right.authority(), sister, right.secret()).text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "is not trusted and was told nothing: the peer is spiffe://campus.example/site/campus/collector,"
                                + " not spiffe://campus.example/site/sister/collector");
        assertThat(join(right.text(), "agent").exitCode()).isZero();
    }

    @Test
    void anImpostorWhoShowsTheRightAuthorityWithoutBeingUnderItIsNotTrusted() throws Exception {
        JoinToken token = JoinToken.parse(invite());
        new AuthorityFolder(folder.resolve("foreign"))
                .init("campus.example", "campus", List.of("127.0.0.1"), Instant.now());
        // Its own certificate, and the true authority's beside it, which anybody can copy.
        Path chain = folder.resolve("chain.pem");
        Files.writeString(
                chain,
                Files.readString(folder.resolve("foreign/collector.pem"))
                        + Files.readString(folder.resolve("pki/ca.pem")));
        collector.close();
        Path impostor = folder.resolve("impostor.yaml");
        Files.writeString(
                impostor,
                Files.readString(folder.resolve("collector.yaml"))
                        .replace("pki/collector.pem", "chain.pem")
                        .replace("pki/", "foreign/")
                        .replace("data: data", "data: stolen"));
        collector = Collector.start(CollectorConfig.read(impostor), Clock.systemUTC());
        Typed refused = join(token.text(), "agent");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is not trusted and was told nothing");
        assertThat(folder.resolve("agent")).doesNotExist();
    }

    @Test
    void aTokenThatWasChangedIsDamagedOrOpensNothing() throws Exception {
        String token = invite();
        char[] changed = token.toCharArray();
        changed[40] = changed[40] == 'A' ? 'B' : 'A';
        assertThat(join(new String(changed), "agent").err()).contains("the join token is damaged");
        assertThat(join(token.substring(0, token.length() - 9), "agent").err()).contains("the join token is damaged");
        JoinToken right = JoinToken.parse(token);
        Typed guessed = join(
                new JoinToken(right.addresses(), right.authority(), right.collector(), Bytes.of(new byte[32])).text(),
                "agent");
        assertThat(guessed.exitCode()).isEqualTo(2);
        assertThat(guessed.err()).contains("this token opens nothing");
    }
}
