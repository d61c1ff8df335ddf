package dev.plumbline.collector.cli;

import dev.plumbline.v1.Finding;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
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

    @Mixin
    private final TimeOptions times = new TimeOptions();

    @Mixin
    private final ListOptions list = new ListOptions();

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
            ListFindingsRequest.Builder request = ListFindingsRequest.newBuilder()
                    .setIncludeClosed(all)
                    .setPlace(place)
                    .setFilter(list.filter)
                    .setOrderBy(list.orderBy);
            times.at(surroundings.clock().instant()).ifPresent(request::setAt);
            times.since(surroundings.clock().instant()).ifPresent(request::setSince);
            List<Finding> findings = ListOptions.all(
                    token -> collector
                            .questions()
                            .listFindings(request.setPageToken(token).build()),
                    ListFindingsResponse::getFindingsList,
                    ListFindingsResponse::getNextPageToken);
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
