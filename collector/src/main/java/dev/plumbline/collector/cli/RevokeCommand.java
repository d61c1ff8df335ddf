package dev.plumbline.collector.cli;

import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.RevokeAgentRequest;
import dev.plumbline.v1.RevokeAgentResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline revoke}. */
@Command(
        name = "revoke",
        description =
                "Ends an agent's connection at once and refuses it for ever; its host may join again under another name.",
        mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(paramLabel = "AGENT", description = "SEGMENT/NAME, or NAME where only one segment has it")
    private String agent = "";

    @Option(names = "--because", paramLabel = "TEXT", description = "for the audit log")
    private String because = "";

    @Option(names = "--unseen", description = "also an agent that was never given a certificate nor seen")
    private boolean unseen;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    RevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<EnrolledAgent> known = collector
                    .administration()
                    .listAgents(ListAgentsRequest.getDefaultInstance())
                    .getAgentsList();
            String segment = segment(known);
            String name = agent.substring(agent.indexOf('/') + 1);
            requireSeen(known, segment, name);
            RevokeAgentResponse response = collector
                    .administration()
                    .revokeAgent(RevokeAgentRequest.newBuilder()
                            .setSegment(segment)
                            .setName(name)
                            .setBecause(because)
                            .build());
            if (json) {
                AdministrationJson.revoked(surroundings.out(), response);
            } else {
                conversation.print(List.of(response.getAgent().getIdentity() + " is revoked since "
                        + Times.forPeople(response.getAgent().getRevokedAt()) + "; connections ended: "
                        + response.getEndedStreams()));
            }
            return ExitCode.OK;
        });
    }

    /** A name that was typed wrong would else be refused for ever, and the agent that was meant stay. */
    private void requireSeen(List<EnrolledAgent> known, String segment, String name) throws CommandFailure {
        if (!unseen
                && known.stream()
                        .noneMatch(a ->
                                a.getSegment().equals(segment) && a.getName().equals(name))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "nothing is revoked: " + segment + "/" + name + " was never given a certificate nor seen; see"
                            + " plumbline agents, or give --unseen to refuse it before it first connects");
        }
    }

    private String segment(List<EnrolledAgent> known) throws CommandFailure {
        if (agent.indexOf('/') >= 0) {
            return agent.substring(0, agent.indexOf('/'));
        }
        List<EnrolledAgent> namesakes =
                known.stream().filter(a -> a.getName().equals(agent)).toList();
        if (namesakes.size() == 1) {
            return namesakes.get(0).getSegment();
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                namesakes.isEmpty()
                        ? "no agent " + agent + " is known; see plumbline agents, or write SEGMENT/NAME"
                        : "several segments have an agent " + agent + "; write one of "
                                + namesakes.stream()
                                        .map(a -> a.getSegment() + "/" + a.getName())
                                        .collect(Collectors.joining(", ")));
    }
}
