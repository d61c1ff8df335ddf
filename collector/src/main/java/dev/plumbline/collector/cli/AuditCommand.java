package dev.plumbline.collector.cli;

import dev.plumbline.v1.AuditEntry;
import dev.plumbline.v1.ListAuditEntriesRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline audit}. */
@Command(
        name = "audit",
        description = "Who changed what, and who tried in vain; nothing in it is ever changed.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--last", paramLabel = "N", description = "how many entries, at most 1000 (default: 100)")
    private int last = 100;

    @Option(names = "--before", paramLabel = "NUMBER", description = "those before this entry")
    private String before = "";

    @Option(names = "--json", description = "for programs")
    private boolean json;

    AuditCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            List<AuditEntry> entries = collector
                    .administration()
                    .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                            .setPageSize(Math.max(1, last))
                            .setPageToken(before)
                            .build())
                    .getEntriesList();
            if (json) {
                AdministrationJson.audit(surroundings.out(), entries);
            } else {
                conversation.print(AdministrationText.audit(entries, surroundings.terminal()));
            }
            return ExitCode.OK;
        });
    }
}
