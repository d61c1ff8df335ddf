package dev.plumbline.collector.cli;

import dev.plumbline.v1.Finding;
import dev.plumbline.v1.ListFindingsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline findings}. */
@Command(
        name = "findings",
        description = "What breaks a rule or fails: where, by what, since when, who saw it, what mends it.",
        mixinStandardHelpOptions = true)
final class FindingsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--all", description = "closed ones too")
    private boolean all;

    @Option(names = "--place", paramLabel = "P", description = "a segment, site or apple")
    private String place = "";

    @Option(names = "--history", description = "with what became of each: opened, changed, closed, reopened, annotated")
    private boolean history;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    FindingsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<Finding> findings = collector
                    .questions()
                    .listFindings(ListFindingsRequest.newBuilder()
                            .setIncludeClosed(all)
                            .setPlace(place)
                            .build())
                    .getFindingsList();
            if (json) {
                JsonAnswer.findings(surroundings.out(), findings);
            } else {
                conversation.print(
                        history
                                ? FindingText.withHistory(findings, surroundings.terminal())
                                : FindingText.all(findings, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
