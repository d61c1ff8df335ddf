package dev.plumbline.collector.cli;

import dev.plumbline.v1.ReceiverTest;
import dev.plumbline.v1.TestReceiversRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline alert test}. */
@Command(
        name = "test",
        description = "Sends an alert that says it is a test, and tells what came back.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Every receiver took it",
            "1:A receiver did not",
            "2:Wrong usage or configuration",
            "4:The collector cannot be reached",
            "70:An internal error"
        },
        mixinStandardHelpOptions = true)
final class AlertTestCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(arity = "0..1", paramLabel = "RECEIVER", description = "this one alone")
    private String receiver = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    AlertTestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<ReceiverTest> tests = tested(collector);
            if (json) {
                AlertJson.tests(surroundings.out(), tests);
            } else {
                conversation.print(AlertText.tests(tests));
            }
            return tests.stream().allMatch(ReceiverTest::getDelivered) ? ExitCode.OK : ExitCode.BROKEN;
        });
    }

    private List<ReceiverTest> tested(CollectorClient collector) {
        ProgressLine progress = new ProgressLine(surroundings.err(), surroundings.terminal());
        progress.show("waiting for " + (receiver.isEmpty() ? "the receivers" : receiver) + ", for up to a minute ...");
        try {
            return collector
                    .patientAlerts()
                    .testReceivers(TestReceiversRequest.newBuilder()
                            .setReceiver(receiver)
                            .build())
                    .getTestsList();
        } finally {
            progress.end();
        }
    }
}
