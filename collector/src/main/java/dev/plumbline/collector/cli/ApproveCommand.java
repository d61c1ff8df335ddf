package dev.plumbline.collector.cli;

import dev.plumbline.v1.ApproveAgentRequest;
import dev.plumbline.v1.PendingAgent;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline approve}. */
@Command(
        name = "approve",
        description = "Says yes to a host that waits; it comes for its certificate itself.",
        mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(paramLabel = "SEGMENT/NAME", description = "as plumbline agents --pending shows it")
    private String agent = "";

    @Option(
            names = "--fingerprint",
            paramLabel = "FINGERPRINT",
            description = "the key that the host shows, or its first 16 digits at least: no other host is meant")
    private String key = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    ApproveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            PlacedName agentName = PlacedName.parse(agent);
            PendingAgent agent = collector
                    .approval()
                    .approveAgent(ApproveAgentRequest.newBuilder()
                            .setSegment(agentName.segment())
                            .setName(agentName.name())
                            .setKeyFingerprint(key)
                            .build())
                    .getAgent();
            if (json) {
                AdministrationJson.pending(surroundings.out(), List.of(agent));
            } else {
                conversation.print(
                        List.of(agent.getIdentity() + " may join, with the key " + agent.getKeyFingerprint() + "."));
            }
            return ExitCode.OK;
        });
    }
}
