package dev.plumbline.collector.cli;

import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.GetRemedyResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline remedy FINDING-ID}. */
@Command(
        name = "remedy",
        description = "What mends a finding: the sentence for the network team and the lines for its boxes.",
        mixinStandardHelpOptions = true)
final class RemedyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Mixin
    private final AtOption time = new AtOption();

    @Parameters(index = "0", paramLabel = "FINDING-ID", description = "as plumbline findings shows it")
    private String finding = "";

    @Option(
            names = "--for",
            paramLabel = "DIALECT",
            description = "these lines alone, ready for a file: nftables, iptables, squid, asa, ...")
    private String dialect = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    RemedyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            GetRemedyRequest.Builder request =
                    GetRemedyRequest.newBuilder().setFindingId(finding).setDialect(dialect);
            time.at(surroundings.clock().instant()).ifPresent(request::setAt);
            GetRemedyResponse response = collector.questions().getRemedy(request.build());
            if (json) {
                JsonAnswer.remedy(surroundings.out(), response);
            } else if (dialect.isEmpty()) {
                conversation.print(RemedyText.of(response, surroundings.terminal()));
            } else {
                conversation.print(RemedyText.lines(response));
            }
            return ExitCode.OK;
        });
    }
}
