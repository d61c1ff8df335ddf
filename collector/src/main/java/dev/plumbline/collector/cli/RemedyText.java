package dev.plumbline.collector.cli;

import dev.plumbline.v1.Configuration;
import dev.plumbline.v1.GetRemedyResponse;
import java.util.ArrayList;
import java.util.List;

/** A remedy for people: the sentence, then the lines of each dialect under its heading. Pure. */
final class RemedyText {
    private RemedyText() {}

    static List<String> of(GetRemedyResponse response, Terminal terminal) {
        List<String> lines = new ArrayList<>(Wrapping.wrap(response.getFinding().getRemedy(), terminal.width()));
        for (Configuration configuration : response.getConfigurationsList()) {
            lines.add("");
            lines.add(Ink.STRONG.on("== " + configuration.getDialect() + ": " + configuration.getTitle(), terminal));
            // Never wrapped: they are there to be copied.
            lines.addAll(configuration.getLinesList());
        }
        return lines;
    }

    /** What a file takes, without a heading. */
    static List<String> lines(GetRemedyResponse response) {
        return response.getConfigurationsList().stream()
                .flatMap(c -> c.getLinesList().stream())
                .toList();
    }
}
