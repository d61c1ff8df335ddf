package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
    /** Places beyond all segments: what lies there explains cells of each. */
    private static final Set<String> WIDER = Set.of("site", "apple");

    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Mixin
    private final TimeOptions times = new TimeOptions();

    @Mixin
    private final ListOptions list = new ListOptions();

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
            Instant now = surroundings.clock().instant();
            GetMatrixRequest.Builder request = GetMatrixRequest.newBuilder()
                    .setSegment(segment)
                    .setFilter(list.filter)
                    .setOrderBy(list.orderBy);
            times.at(now).ifPresent(request::setAt);
            times.since(now).ifPresent(request::setSince);
            List<Cell> cells = ListOptions.all(
                    token -> collector
                            .questions()
                            .getMatrix(request.setPageToken(token).build()),
                    GetMatrixResponse::getCellsList,
                    GetMatrixResponse::getNextPageToken);
            if (json) {
                JsonAnswer.cells(surroundings.out(), cells);
                return ExitCode.OK;
            }
            ListFindingsRequest.Builder beside =
                    ListFindingsRequest.newBuilder().setPlace(segment);
            times.at(now).ifPresent(beside::setAt);
            times.since(now).ifPresent(beside::setSince);
            List<Finding> findings = ListOptions.all(
                    token -> collector
                            .questions()
                            .listFindings(beside.setPageToken(token).build()),
                    ListFindingsResponse::getFindingsList,
                    ListFindingsResponse::getNextPageToken);
            List<Finding> shown = list.filter.isBlank() ? findings : about(cells, findings);
            if (request.hasSince()) {
                conversation.print(
                        List.of("Of those that changed since " + Times.forPeople(request.getSince()) + " alone:", ""));
            }
            conversation.print(
                    segment.isEmpty()
                            ? MatrixText.services(cells, shown, surroundings.terminal())
                            : MatrixText.targets(cells, shown, surroundings.terminal()));
            return ExitCode.OK;
        });
    }

    /** The filter is one of cells: what explains none of them is left out. */
    private static List<Finding> about(List<Cell> cells, List<Finding> findings) {
        return findings.stream()
                .filter(f -> cells.stream()
                        .anyMatch(c -> f.getTargetIdsList().contains(c.getTargetId())
                                && (f.getPlace().equals(c.getSegment()) || WIDER.contains(f.getPlace()))))
                .toList();
    }
}
