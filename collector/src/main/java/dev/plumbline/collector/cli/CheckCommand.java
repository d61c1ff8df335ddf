package dev.plumbline.collector.cli;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.Requirement;
import dev.plumbline.v1.Segment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline check}: a plugin for Nagios, Icinga, Naemon, Checkmk and others that run such. */
@Command(
        name = "check",
        description = "One segment, or one of its services, as a plugin for Nagios and its kin.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:OK",
            "1:Warning: a fault, or something comes and goes",
            "2:Critical: a rule is broken",
            "3:Unknown: nobody looks, the collector cannot be asked, or it was asked in a wrong way"
        },
        exitCodeOnInvalidInput = NagiosStatus.UNKNOWN,
        exitCodeOnUsageHelp = NagiosStatus.UNKNOWN,
        exitCodeOnVersionHelp = NagiosStatus.UNKNOWN)
final class CheckCommand implements Callable<Integer>, PluginCommand {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--segment", paramLabel = "ID", description = "the segment")
    private String segment = "";

    @Option(names = "--service", paramLabel = "NAME", description = "this service alone, such as apns")
    private String service = "";

    @Option(names = "--json", description = "for programs: the same as one object")
    private boolean json;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (segment.isEmpty()) {
            return tell(NagiosStatus.unknown("name a segment by --segment ID; plumbline segments lists them"));
        }
        try {
            return new Conversation(surroundings, options).attempt(this::check);
        } catch (CommandFailure e) {
            return tell(NagiosStatus.unknown(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Whoever calls a plugin reads its line, and takes every other exit code for a broken plugin.
            e.printStackTrace(surroundings.err());
            surroundings.err().flush();
            return tell(NagiosStatus.unknown("internal error, please report it: " + e));
        }
    }

    @Override
    public void refuse(String sentence) {
        tell(NagiosStatus.unknown(sentence));
    }

    private int check(CollectorClient collector) {
        GetMatrixRequest.Builder matrix = GetMatrixRequest.newBuilder().setSegment(segment);
        List<Cell> cells = ListOptions.all(
                token -> collector
                        .questions()
                        .getMatrix(matrix.setPageToken(token).build()),
                GetMatrixResponse::getCellsList,
                GetMatrixResponse::getNextPageToken);
        // Of all places: a cause at the site's edge is a cause here.
        ListFindingsRequest.Builder open = ListFindingsRequest.newBuilder();
        List<Finding> findings = ListOptions.all(
                token -> collector
                        .questions()
                        .listFindings(open.setPageToken(token).build()),
                ListFindingsResponse::getFindingsList,
                ListFindingsResponse::getNextPageToken);
        ListSegmentsRequest.Builder declared = ListSegmentsRequest.newBuilder();
        List<Requirement> requirements = ListOptions.all(
                        token -> collector
                                .questions()
                                .listSegments(declared.setPageToken(token).build()),
                        ListSegmentsResponse::getSegmentsList,
                        ListSegmentsResponse::getNextPageToken)
                .stream()
                .filter(s -> s.getId().equals(segment))
                .map(Segment::getRequirementsList)
                .flatMap(List::stream)
                .toList();
        return tell(NagiosStatus.of(segment, service, cells, findings, requirements));
    }

    private int tell(NagiosStatus status) {
        if (json) {
            JsonAnswer.status(surroundings.out(), segment, service, status);
        } else {
            surroundings.out().println(status.line());
            surroundings.out().flush();
        }
        return status.code();
    }
}
