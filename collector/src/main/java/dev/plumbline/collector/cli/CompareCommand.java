package dev.plumbline.collector.cli;

import dev.plumbline.collector.typed.TypedTime;
import dev.plumbline.v1.CompareSegmentsRequest;
import dev.plumbline.v1.CompareSegmentsResponse;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline compare A[@TIME] B[@TIME]}. */
@Command(
        name = "compare",
        description = "What differs between two segments, one segment at two times, or a segment and an edition.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Parameters(
            index = "0",
            paramLabel = "A[@TIME]",
            description = "a segment, reference, or edition:ID; TIME is " + TypedTime.FORMS)
    private String a = "";

    @Parameters(index = "1", paramLabel = "B[@TIME]", description = "what it is compared with")
    private String b = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    CompareCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            Instant now = surroundings.clock().instant();
            CompareSegmentsResponse response = collector
                    .questions()
                    .compareSegments(CompareSegmentsRequest.newBuilder()
                            .setA(TypedArguments.side(a, now))
                            .setB(TypedArguments.side(b, now))
                            .build());
            if (json) {
                JsonAnswer.comparison(surroundings.out(), response);
            } else {
                conversation.print(ComparisonText.of(response, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
