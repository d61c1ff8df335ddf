package dev.plumbline.collector.cli;

import dev.plumbline.v1.WatchRequest;
import dev.plumbline.v1.WatchResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline watch}. */
@Command(
        name = "watch",
        description =
                "The matrix and the open findings as they are, until Ctrl-C; without a terminal a line for each change.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    /** Nobody looks at one screen for longer; then the command is given anew. */
    private static final Duration PATIENCE = Duration.ofDays(30);

    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--segment", paramLabel = "ID", description = "this segment alone, target by target")
    private String segment = "";

    @Option(
            names = "--changes",
            paramLabel = "N",
            description = "end after so many changes; 0 tells how it is and ends")
    private int changes = Integer.MAX_VALUE - 1;

    @Option(names = "--json", description = "for programs: one line for each time that something is told")
    private boolean json;

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            Iterator<WatchResponse> news = collector
                    .patient(PATIENCE)
                    .watch(WatchRequest.newBuilder().setSegment(segment).build());
            WatchScreen screen = new WatchScreen(segment, surroundings.terminal());
            int told = 0;
            while (told <= changes && news.hasNext()) {
                WatchResponse next = news.next();
                if (json) {
                    JsonAnswer.news(surroundings.out(), next);
                } else {
                    conversation.print(screen.lines(next));
                }
                told += isNews(next) ? 1 : 0;
            }
            return ExitCode.OK;
        });
    }

    /** Else it says only that all is as it was. */
    private static boolean isNews(WatchResponse told) {
        return told.getWhole() || told.getCellsCount() + told.getFindingsCount() + told.getClosedFindingIdsCount() > 0;
    }
}
