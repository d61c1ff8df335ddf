package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.AccessRole;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.CreateAccessTokenResponse;
import dev.plumbline.v1.ListAccessTokensRequest;
import dev.plumbline.v1.ListAccessTokensResponse;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import dev.plumbline.v1.RevokeAccessTokenResponse;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.SegmentId;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators ask about the tokens of people and tools. Runs behind the interceptor of a port, which says who they are. */
final class AccessTokenService extends AccessTokensGrpc.AccessTokensImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokenService.class);

    private final TokenRegister tokens;
    private final Clock clock;

    AccessTokenService(TokenRegister tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createAccessToken(CreateAccessTokenRequest request, StreamObserver<CreateAccessTokenResponse> to) {
        Answering.answer(to, LOG, () -> {
            TokenRegister.Created created = tokens.create(
                    role(request.getRole()),
                    request.getName(),
                    segments(request.getSegmentsList()),
                    Duration.ofSeconds(Math.min(Math.max(0, request.getTtlSeconds()), Integer.MAX_VALUE)),
                    Asker.current().who());
            return CreateAccessTokenResponse.newBuilder()
                    .setAccessToken(message(created.token(), clock.instant()))
                    .setToken(created.secret().text())
                    .build();
        });
    }

    @Override
    public void listAccessTokens(ListAccessTokensRequest request, StreamObserver<ListAccessTokensResponse> to) {
        Answering.answer(to, LOG, () -> {
            Instant now = clock.instant();
            return ListAccessTokensResponse.newBuilder()
                    .addAllAccessTokens(tokens.all().stream()
                            .filter(t -> request.getIncludeClosed() || t.state(now) == AccessToken.State.OPEN)
                            .map(t -> message(t, now))
                            .toList())
                    .build();
        });
    }

    @Override
    public void revokeAccessToken(RevokeAccessTokenRequest request, StreamObserver<RevokeAccessTokenResponse> to) {
        Answering.answer(
                to,
                LOG,
                () -> RevokeAccessTokenResponse.newBuilder()
                        .setAccessToken(message(
                                tokens.revoke(request.getId(), Asker.current().who()), clock.instant()))
                        .build());
    }

    private static AccessRole role(String word) throws Refusal {
        try {
            return AccessRole.of(word);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Set<SegmentId> segments(List<String> ids) throws Refusal {
        Set<SegmentId> segments = new HashSet<>();
        for (String id : ids) {
            try {
                segments.add(new SegmentId(id));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid(String.valueOf(e.getMessage()));
            }
        }
        return segments;
    }

    private static dev.plumbline.v1.AccessToken message(AccessToken token, Instant now) {
        dev.plumbline.v1.AccessToken.Builder message = dev.plumbline.v1.AccessToken.newBuilder()
                .setId(token.id())
                .setName(token.name())
                .setRole(token.role().word())
                .addAllSegments(token.purview().segments().stream()
                        .map(SegmentId::value)
                        .sorted()
                        .toList())
                .setCreatedBy(token.createdBy())
                .setCreatedAt(Fields.timestamp(token.createdAt()))
                .setEndsAt(Fields.timestamp(token.endsAt()))
                .setState(token.state(now).name());
        token.revoked().ifPresent(by -> message.setRevokedBy(by.who()).setRevokedAt(Fields.timestamp(by.at())));
        token.lastUse()
                .ifPresent(
                        use -> message.setLastUsedAt(Fields.timestamp(use.at())).setLastUsedFrom(use.address()));
        return message.build();
    }
}
