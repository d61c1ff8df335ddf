package dev.plumbline.collector.cli;

import dev.plumbline.v1.DenyAgentRequest;
import dev.plumbline.v1.PendingAgent;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline deny}. */
@Command(
        name = "deny",
        description = "Says no to a host that waits; its token opens nothing any more.",
        mixinStandardHelpOptions = true)
final class DenyCommand implements Callable<Integer> {
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

    @Option(names = "--because", paramLabel = "TEXT", description = "told to the host, and in the audit log")
    private String because = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    DenyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            PlacedName agentName = PlacedName.parse(agent);
            PendingAgent agent = collector
                    .approval()
                    .denyAgent(DenyAgentRequest.newBuilder()
                            .setSegment(agentName.segment())
                            .setName(agentName.name())
                            .setKeyFingerprint(key)
                            .setBecause(because)
                            .build())
                    .getAgent();
            if (json) {
                AdministrationJson.pending(surroundings.out(), List.of(agent));
            } else {
                conversation.print(List.of("The host that waited as " + agent.getIdentity()
                        + " is told no, and its token opens nothing any more."));
            }
            return ExitCode.OK;
        });
    }
}
