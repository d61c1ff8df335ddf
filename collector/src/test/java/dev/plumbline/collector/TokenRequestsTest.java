package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.v1.AccessToken;
import dev.plumbline.v1.AccessTokensGrpc;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.ListAccessTokensRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked about tokens, and how one is shown, at the ports of a whole collector over real TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class TokenRequestsTest {
    @TempDir
    static Path folder;

    private static PeoplesCollector collector;

    @BeforeAll
    static void start() throws Exception {
        collector = PeoplesCollector.start(folder);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %s", "%s", "Bearer", "Bearer  ", "Bearer%s"})
    void whatIsNoBearerTokenIsNone(String header) throws Exception {
        Metadata headers = new Metadata();
        headers.put(PeoplesCollector.AUTHORIZATION, header.formatted(collector.firstToken()));
        assertThat(status(shown(headers)).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void ofTwoTokensNeitherIsTakenAndTheSchemeMayBeOfAnyCase() throws Exception {
        Metadata headers = new Metadata();
        headers.put(PeoplesCollector.AUTHORIZATION, "bEARER " + collector.firstToken());
        assertThat(status(shown(headers))).isEqualTo(Status.OK);
        headers.put(PeoplesCollector.AUTHORIZATION, "Bearer " + collector.firstToken());
        assertThat(status(shown(headers)).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private Channel shown(Metadata headers) throws Exception {
        return io.grpc.ClientInterceptors.intercept(
                collector.people("127.0.0.1"), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # role     | name    | seconds  | segments | what is said
            root       | jo      | 3600     |          | 'root' is no role; there are viewer, auditor, operator, administrator
            viewer     | ''      | 3600     |          | a token's name has 1 to 63 letters
            viewer     | a b     | 3600     |          | a token's name has 1 to 63 letters
            viewer     | jo      | 59       |          | a token lasts from one minute to 366 days, not 59 s
            viewer     | jo      | 31622401 |          | a token lasts from one minute to 366 days, not 31622401 s
            viewer     | jo      | 3600     | lan      | segment lan is not declared in the collector's site
            viewer     | jo      | 3600     | site     | segment id 'site' is reserved
            operator   | jo      | 3600     | wifi     | a token for some segments alone reads and does nothing else
            """)
    void whatATokenCannotBeIsRefused(String role, String name, long seconds, String segments, String sentence)
            throws Exception {
        int before = list(collector.operator(), true).size();
        CreateAccessTokenRequest.Builder request = CreateAccessTokenRequest.newBuilder()
                .setRole(role)
                .setName(name)
                .setTtlSeconds(seconds);
        if (segments != null) {
            request.addSegments(segments);
        }
        var tokens = AccessTokensGrpc.newBlockingStub(collector.operator());
        assertThatThrownBy(() -> tokens.createAccessToken(request.build()))
                .hasMessageStartingWith("INVALID_ARGUMENT: " + sentence);
        assertThat(list(collector.operator(), true)).hasSize(before);
    }

    private static Status status(Channel channel) {
        try {
            ListSegmentsResponse answer = QueryServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(120, TimeUnit.SECONDS)
                    .listSegments(ListSegmentsRequest.getDefaultInstance());
            assertThat(answer.getSiteId()).isEqualTo("campus");
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static List<AccessToken> list(Channel channel, boolean all) {
        return AccessTokensGrpc.newBlockingStub(channel)
                .listAccessTokens(ListAccessTokensRequest.newBuilder()
                        .setIncludeClosed(all)
                        .build())
                .getAccessTokensList();
    }
}
