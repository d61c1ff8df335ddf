package dev.plumbline.collector.cli;

import dev.plumbline.v1.AccessToken;
import dev.plumbline.v1.ListAccessTokensRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline tokens}. */
@Command(
        name = "tokens",
        description = "The tokens of people and tools, with their last use; the secrets themselves are kept nowhere.",
        mixinStandardHelpOptions = true)
final class TokensCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--all", description = "ended and revoked ones too")
    private boolean all;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    TokensCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<AccessToken> tokens = collector
                    .accessTokens()
                    .listAccessTokens(ListAccessTokensRequest.newBuilder()
                            .setIncludeClosed(all)
                            .build())
                    .getAccessTokensList();
            if (json) {
                TokenJson.tokens(surroundings.out(), tokens);
            } else {
                conversation.print(TokenText.tokens(tokens, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
