package dev.plumbline.collector.cli;

import dev.plumbline.v1.Invitation;
import dev.plumbline.v1.ListInvitationsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline invites}. */
@Command(
        name = "invites",
        description = "The invitations that can still be used; the tokens themselves are kept nowhere.",
        mixinStandardHelpOptions = true)
final class InvitesCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--all", description = "used, ended and revoked ones too")
    private boolean all;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    InvitesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<Invitation> invitations = collector
                    .administration()
                    .listInvitations(ListInvitationsRequest.newBuilder()
                            .setIncludeClosed(all)
                            .build())
                    .getInvitationsList();
            if (json) {
                AdministrationJson.invitations(surroundings.out(), invitations);
            } else {
                conversation.print(AdministrationText.invitations(invitations, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
