package dev.plumbline.collector.cli;

import dev.plumbline.config.Durations;
import dev.plumbline.v1.CreateInvitationRequest;
import dev.plumbline.v1.CreateInvitationResponse;
import dev.plumbline.v1.RevokeInvitationRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline invite}. */
@Command(
        name = "invite",
        description = "Prints a token with which one host becomes an agent of a segment; --revoke takes one back.",
        mixinStandardHelpOptions = true)
final class InviteCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--segment", paramLabel = "G", description = "where the agent stands")
    private String segment = "";

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description =
                    "the only name that the token is good for; one that an agent has lets it come back with a new key")
    private String agent = "";

    @Option(names = "--ttl", paramLabel = "SPAN", description = "how long it may be used: 1m to 7d (default: 1h)")
    private String ttl = "1h";

    @Option(names = "--revoke", paramLabel = "ID", description = "takes an invitation back (see plumbline invites)")
    private String revoked = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    InviteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            if (segment.isEmpty() == revoked.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE, "give --segment, to invite an agent, or --revoke, to take an invitation back");
            }
            return revoked.isEmpty() ? invite(conversation, collector) : revoke(conversation, collector);
        });
    }

    private int invite(Conversation conversation, CollectorClient collector) throws CommandFailure {
        CreateInvitationResponse response = collector
                .administration()
                .createInvitation(CreateInvitationRequest.newBuilder()
                        .setSegment(segment)
                        .setAgentName(agent)
                        .setTtlSeconds(span().toSeconds())
                        .build());
        if (json) {
            AdministrationJson.invited(surroundings.out(), response);
            return ExitCode.OK;
        }
        // The token alone on standard output, so that it can be piped.
        conversation.print(List.of(response.getToken()));
        surroundings
                .err()
                .println("Invitation " + response.getInvitation().getId() + ": one host, once, until "
                        + Times.forPeople(response.getInvitation().getEndsAt())
                        + ". There: plumbline-agent join TOKEN");
        surroundings.err().flush();
        return ExitCode.OK;
    }

    private Duration span() throws CommandFailure {
        try {
            return Durations.parse(ttl);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--ttl: " + e.getMessage());
        }
    }

    private int revoke(Conversation conversation, CollectorClient collector) {
        var invitation = collector
                .administration()
                .revokeInvitation(
                        RevokeInvitationRequest.newBuilder().setId(revoked).build())
                .getInvitation();
        if (json) {
            AdministrationJson.invitations(surroundings.out(), List.of(invitation));
        } else {
            conversation.print(List.of("Invitation " + invitation.getId() + " for segment " + invitation.getSegment()
                    + " opens nothing any more."));
        }
        return ExitCode.OK;
    }
}
