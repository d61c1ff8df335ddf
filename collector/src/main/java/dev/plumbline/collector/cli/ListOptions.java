package dev.plumbline.collector.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What of a list a command shows, and in which order. */
final class ListOptions {
    @Option(
            names = "--filter",
            paramLabel = "F",
            description = "such as 'state = BLOCKED AND target_id : courier'; OR binds closer than AND")
    String filter = "";

    @Option(names = "--order-by", paramLabel = "O", description = "such as 'opened_at desc, place'")
    String orderBy = "";

    /**
     * All pages of a list.
     *
     * @param ask gets a page by its token, which is empty for the first
     */
    static <R, T> List<T> all(Function<String, R> ask, Function<R, List<T>> rows, Function<R, String> next) {
        List<T> all = new ArrayList<>();
        String token = "";
        do {
            R page = ask.apply(token);
            all.addAll(rows.apply(page));
            token = next.apply(page);
        } while (!token.isEmpty());
        return all;
    }
}
