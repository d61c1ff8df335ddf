package dev.plumbline.collector.remedy;

import java.util.List;

/**
 * A remedy as a box reads it.
 *
 * @param lines in their order; comments name the finding and quote who asks for the targets
 */
public record Configuration(Dialect dialect, List<String> lines) {
    public Configuration {
        lines = List.copyOf(lines);
    }
}
