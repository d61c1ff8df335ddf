package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.Invitation;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListInvitationsRequest;
import dev.plumbline.v1.RevokeInvitationRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token is good for: once, until its time, and nothing of it is kept. */
final class InvitationTest extends EnrollingCollector {
    private static final String SAME_FOR_ALL =
            "this token opens nothing: it is unknown, was used, has ended or was revoked;"
                    + " ask for another one (plumbline invite)";

    @Test
    void onlyTheHashOfTheSecretIsKept() throws Exception {
        JoinToken token = invite();
        join(token, Requests.usual(Requests.ec("secp256r1")), "laptop", false);
        byte[] secret = token.secret().toArray();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path kept : files.filter(Files::isRegularFile).toList()) {
                assertThat(indexOf(Files.readAllBytes(kept), secret))
                        .as(kept.toString())
                        .isNegative();
                assertThat(indexOf(Files.readAllBytes(kept), token.text().getBytes(StandardCharsets.US_ASCII)))
                        .isNegative();
            }
        }
    }

    private static int indexOf(byte[] all, byte[] part) {
        return new String(all, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aStrangerHearsTheSameOfEveryTokenThatOpensNothingAndTheAuditLogTellsThemApart() throws Exception {
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        JoinToken used = invite();
        join(used, Requests.usual(Requests.ec("secp256r1")), "first", false);
        JoinToken revoked = invite();
        administration()
                .revokeInvitation(
                        RevokeInvitationRequest.newBuilder().setId(id(revoked)).build());
        JoinToken ended = invite();
        JoinToken unknown = new JoinToken(
                ended.addresses(), ended.authority(), ended.collector(), dev.plumbline.words.Bytes.of(new byte[32]));
        clock.advance(Duration.ofHours(1));
        for (JoinToken token : List.of(used, revoked, ended, unknown)) {
            Status refused = refusal(token, request, "late");
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refused.getDescription()).isEqualTo(SAME_FOR_ALL);
            // Not even that its request is wrong.
            assertThat(refusal(token, new byte[] {1, 2, 3}, "late").getDescription())
                    .isEqualTo(SAME_FOR_ALL);
        }
        List<String> told = audit().stream()
                .filter(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .map(e -> e.getWho() + " " + e.getAbout() + " " + e.getDetail().replaceAll(" on \\S+", ""))
                .distinct()
                .toList();
        assertThat(told)
                .containsExactly(
                        "address 127.0.0.1 " + id(used)
                                + " the invitation was used by spiffe://campus.example/site/campus/segment/wifi/agent/first",
                        "address 127.0.0.1 " + id(revoked)
                                + " the invitation was revoked by spiffe://campus.example/site/campus/operator/admin",
                        "address 127.0.0.1 " + id(ended) + " the invitation ended",
                        "address 127.0.0.1  no such token was ever given");
    }

    @Test
    void ofManyWhoUseOneTokenAtOnceExactlyOneWins() throws Exception {
        JoinToken token = invite();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Status.Code>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] request = Requests.usual(Requests.ec("secp256r1"));
            ManagedChannel channel = stranger();
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    go.await();
                    join(channel, token, request, "host", false);
                    return Status.Code.OK;
                } catch (StatusRuntimeException e) {
                    return e.getStatus().getCode();
                } catch (InterruptedException e) {
                    return Status.Code.ABORTED;
                }
            }));
        }
        go.countDown();
        List<Status.Code> ends = new ArrayList<>();
        for (CompletableFuture<Status.Code> each : tries) {
            ends.add(each.get(120, TimeUnit.SECONDS));
        }
        assertThat(ends).filteredOn(Status.Code.OK::equals).hasSize(1);
        assertThat(ends).filteredOn(Status.Code.UNAUTHENTICATED::equals).hasSize(7);
        assertThat(administration()
                        .listAgents(ListAgentsRequest.getDefaultInstance())
                        .getAgentsList())
                .hasSize(1);
    }

    @Test
    void anAnswerThatWasLostIsGivenAgainToTheSameKeyAndToNoOther() throws Exception {
        JoinToken token = invite();
        KeyPair keys = Requests.ec("secp256r1");
        byte[] first = join(token, Requests.usual(keys), "laptop", false);
        assertThat(join(token, Requests.usual(keys), "laptop", false)).isEqualTo(first);
        assertThat(refusal(token, Requests.usual(Requests.ec("secp256r1")), "laptop")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        // Who knows the public key alone, which every handshake may show, has not proved to have it.
        assertThat(refusal(token, Requests.signedBy(keys, Requests.ec("secp256r1"), "SHA256withECDSA"), "laptop")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        clock.advance(Duration.ofHours(1));
        assertThat(refusal(token, Requests.usual(keys), "laptop").getDescription())
                .isEqualTo(SAME_FOR_ALL);
    }

    @Test
    void aTokenThatWasUsedStaysUsedWhenTheCollectorIsKilled() throws Exception {
        JoinToken token = invite();
        KeyPair keys = Requests.ec("secp256r1");
        byte[] given = join(token, Requests.usual(keys), "laptop", false);
        // What a kill leaves: the files as they are now, with nothing closed.
        Path left = Files.createDirectory(folder.resolve("left"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(f -> f.getFileName().toString().startsWith("enrolment.db"))
                    .toList()) {
                Files.copy(each, left.resolve(each.getFileName()));
            }
        }
        close();
        try (Stream<Path> files = Files.list(left)) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve(each.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
        assertThat(refusal(token, Requests.usual(Requests.ec("secp256r1")), "other")
                        .getDescription())
                .isEqualTo(SAME_FOR_ALL);
        // The answer may have been lost with it.
        assertThat(join(token, Requests.usual(keys), "laptop", false)).isEqualTo(given);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # segment, seconds
            attic,     3600
            all,       3600
            wifi,      59
            wifi,      604801
            wifi,      0
            '',        3600
            """)
    void anInvitationForNoSegmentOrForTooLongIsRefused(String segment, long seconds) {
        assertThatThrownBy(() -> token(invitation().setSegment(segment).setTtlSeconds(seconds)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(e.getStatus().getDescription()).isNotEmpty();
                });
    }

    @Test
    void invitationsAreListedWithTheirEnd() throws Exception {
        JoinToken token = invite();
        join(token, Requests.usual(Requests.ec("secp256r1")), "laptop", true);
        List<Invitation> all = administration()
                .listInvitations(ListInvitationsRequest.newBuilder()
                        .setIncludeClosed(true)
                        .build())
                .getInvitationsList();
        Invitation used = all.stream()
                .filter(i -> i.getId().equals(id(token)))
                .findFirst()
                .orElseThrow();
        assertThat(used.getState()).isEqualTo("USED");
        assertThat(used.getUsedBy()).endsWith("/agent/laptop");
        assertThat(administration()
                        .listInvitations(ListInvitationsRequest.getDefaultInstance())
                        .getInvitationsList())
                .isNotEmpty()
                .allMatch(i -> i.getState().equals("OPEN"));
        assertThatThrownBy(() -> administration()
                        .revokeInvitation(RevokeInvitationRequest.newBuilder()
                                .setId(id(token))
                                .build()))
                .hasMessageContaining("revoke that agent instead");
    }
}
