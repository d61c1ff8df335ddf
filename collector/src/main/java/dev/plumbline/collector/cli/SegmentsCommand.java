package dev.plumbline.collector.cli;

import dev.plumbline.v1.ListSegmentsRequest;
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

    @Option(names = "--json", description = "for programs")
    private boolean json;

    SegmentsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<Segment> segments = collector
                    .questions()
                    .listSegments(ListSegmentsRequest.getDefaultInstance())
                    .getSegmentsList();
            if (json) {
                JsonAnswer.segments(surroundings.out(), segments);
            } else {
                conversation.print(SegmentText.all(segments, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
