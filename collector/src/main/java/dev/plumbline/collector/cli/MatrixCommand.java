package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.ListFindingsRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline matrix}. */
@Command(
        name = "matrix",
        description = "Services by segments, or the targets of one segment.",
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--segment", paramLabel = "ID", description = "this segment alone, target by target")
    private String segment = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    MatrixCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<Cell> cells = collector
                    .questions()
                    .getMatrix(GetMatrixRequest.newBuilder().setSegment(segment).build())
                    .getCellsList();
            if (json) {
                JsonAnswer.cells(surroundings.out(), cells);
                return ExitCode.OK;
            }
            List<Finding> findings = collector
                    .questions()
                    .listFindings(
                            ListFindingsRequest.newBuilder().setPlace(segment).build())
                    .getFindingsList();
            conversation.print(
                    segment.isEmpty()
                            ? MatrixText.services(cells, findings, surroundings.terminal())
                            : MatrixText.targets(cells, findings, surroundings.terminal()));
            return ExitCode.OK;
        });
    }
}
