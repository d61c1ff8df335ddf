package dev.plumbline.collector.cli;

import dev.plumbline.v1.AccessToken;
import dev.plumbline.v1.RevokeAccessTokenRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline token revoke}. */
@Command(
        name = "revoke",
        description = "Takes a token back for ever and ends what is under way with it.",
        mixinStandardHelpOptions = true)
final class TokenRevokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(paramLabel = "ID", description = "as plumbline tokens shows it")
    private String id = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    TokenRevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            AccessToken revoked = collector
                    .accessTokens()
                    .revokeAccessToken(
                            RevokeAccessTokenRequest.newBuilder().setId(id).build())
                    .getAccessToken();
            if (json) {
                TokenJson.tokens(surroundings.out(), List.of(revoked));
            } else {
                conversation.print(List.of("Token " + revoked.getId() + " of " + revoked.getName()
                        + " opens nothing since " + Times.forPeople(revoked.getRevokedAt())));
            }
            return ExitCode.OK;
        });
    }
}
