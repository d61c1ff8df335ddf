package dev.plumbline.collector.cli;

import dev.plumbline.config.Durations;
import dev.plumbline.v1.CreateAccessTokenRequest;
import dev.plumbline.v1.CreateAccessTokenResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline token create}. */
@Command(
        name = "create",
        description = "Prints a token for a person or a tool, once; the collector keeps its hash.",
        mixinStandardHelpOptions = true)
final class TokenCreateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "R",
            description = "viewer, auditor, operator or administrator; each may do what those before it may")
    private String role = "";

    @Option(names = "--name", required = true, paramLabel = "N", description = "whom or what it is for")
    private String name = "";

    @Option(
            names = "--segment",
            paramLabel = "G",
            description =
                    "reads of this segment alone; may be given several times, for viewers (default: the whole site)")
    private List<String> segments = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "SPAN", description = "how long it is good: 1m to 366d (default: 90d)")
    private String ttl = "90d";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    TokenCreateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            CreateAccessTokenResponse response = collector
                    .accessTokens()
                    .createAccessToken(CreateAccessTokenRequest.newBuilder()
                            .setRole(role)
                            .setName(name)
                            .addAllSegments(segments)
                            .setTtlSeconds(span().toSeconds())
                            .build());
            if (json) {
                TokenJson.created(surroundings.out(), response);
                return ExitCode.OK;
            }
            // The token alone on standard output, so that it can go to a file.
            conversation.print(List.of(response.getToken()));
            surroundings
                    .err()
                    .println(
                            "Token " + response.getAccessToken().getId() + ", role "
                                    + response.getAccessToken().getRole() + ", until "
                                    + Times.forPeople(response.getAccessToken().getEndsAt())
                                    + ". Write it into a file that nobody else may read, and name that in client.yaml: token: FILE");
            surroundings.err().flush();
            return ExitCode.OK;
        });
    }

    private Duration span() throws CommandFailure {
        try {
            return Durations.parse(ttl);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--ttl: " + e.getMessage());
        }
    }
}
