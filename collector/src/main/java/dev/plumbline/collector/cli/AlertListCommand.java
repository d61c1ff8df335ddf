package dev.plumbline.collector.cli;

import dev.plumbline.v1.ListAlertsRequest;
import dev.plumbline.v1.ListAlertsResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline alert list}. */
@Command(
        name = "list",
        description = "The receivers of alerts, and what waits for them or was sent to them lately.",
        mixinStandardHelpOptions = true)
final class AlertListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(arity = "0..1", paramLabel = "RECEIVER", description = "this one alone")
    private String receiver = "";

    @Option(names = "--most", paramLabel = "N", description = "so many lines at most (100)")
    private int most = 100;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    AlertListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            ListAlertsResponse response = collector
                    .alerts()
                    .listAlerts(ListAlertsRequest.newBuilder()
                            .setReceiver(receiver)
                            .setPageSize(most)
                            .build());
            if (json) {
                AlertJson.list(surroundings.out(), response);
            } else {
                conversation.print(AlertText.list(response, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
