package dev.plumbline.collector.cli;

import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.ExplainTargetResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline explain SEGMENT TARGET}. */
@Command(
        name = "explain",
        description = "Why one target is what it is on one segment.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Mixin
    private final TimeOptions times = new TimeOptions();

    @Parameters(index = "0", paramLabel = "SEGMENT")
    private String segment = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "id of a target, such as courier:5223")
    private String target = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            ExplainTargetRequest.Builder request =
                    ExplainTargetRequest.newBuilder().setSegment(segment).setTargetId(target);
            times.at(surroundings.clock().instant()).ifPresent(request::setAt);
            times.since(surroundings.clock().instant()).ifPresent(request::setSince);
            ExplainTargetResponse response = collector.questions().explainTarget(request.build());
            if (json) {
                JsonAnswer.explanation(surroundings.out(), response);
            } else {
                conversation.print(ExplanationText.of(response, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
