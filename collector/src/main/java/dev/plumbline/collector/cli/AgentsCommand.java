package dev.plumbline.collector.cli;

import dev.plumbline.v1.EnrolledAgent;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListPendingAgentsRequest;
import dev.plumbline.v1.PendingAgent;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline agents}. */
@Command(
        name = "agents",
        description = "Every agent: since when, until when its certificate is good, connected, revoked, cloned.",
        mixinStandardHelpOptions = true)
final class AgentsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--pending", description = "hosts that have a token and wait for plumbline approve")
    private boolean pending;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    AgentsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            if (pending) {
                return pending(conversation, collector);
            }
            List<EnrolledAgent> agents = collector
                    .administration()
                    .listAgents(ListAgentsRequest.getDefaultInstance())
                    .getAgentsList();
            if (json) {
                AdministrationJson.agents(surroundings.out(), agents);
            } else {
                conversation.print(AdministrationText.agents(agents, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }

    private int pending(Conversation conversation, CollectorClient collector) {
        List<PendingAgent> waiting = collector
                .approval()
                .listPendingAgents(ListPendingAgentsRequest.getDefaultInstance())
                .getAgentsList();
        if (json) {
            AdministrationJson.pending(surroundings.out(), waiting);
        } else {
            conversation.print(AdministrationText.pending(waiting, surroundings.terminal()));
        }
        return ExitCode.OK;
    }
}
