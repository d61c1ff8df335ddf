package dev.plumbline.collector.cli;

import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.Segment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline segments}. */
@Command(
        name = "segments",
        description = "The segments, their agents and which house rules they meet.",
        mixinStandardHelpOptions = true)
final class SegmentsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Mixin
    private final TimeOptions times = new TimeOptions();

    @Mixin
    private final ListOptions list = new ListOptions();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    SegmentsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            ListSegmentsRequest.Builder request =
                    ListSegmentsRequest.newBuilder().setFilter(list.filter).setOrderBy(list.orderBy);
            times.at(surroundings.clock().instant()).ifPresent(request::setAt);
            times.since(surroundings.clock().instant()).ifPresent(request::setSince);
            List<Segment> segments = ListOptions.all(
                    token -> collector
                            .questions()
                            .listSegments(request.setPageToken(token).build()),
                    ListSegmentsResponse::getSegmentsList,
                    ListSegmentsResponse::getNextPageToken);
            if (json) {
                JsonAnswer.segments(surroundings.out(), segments);
            } else {
                conversation.print(
                        request.hasAt()
                                ? SegmentText.then(segments, surroundings.terminal())
                                : SegmentText.all(segments, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
