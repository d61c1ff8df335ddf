package dev.plumbline.collector.query;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Segment;
import java.util.List;

/**
 * The whole of what somebody may see, for a page that is made in this process: lists that travel come in pages.
 *
 * @param segments without their agents and pools
 * @param findings that are open
 */
public record Overview(String edition, List<Segment> segments, List<Cell> cells, List<Finding> findings) {
    public Overview {
        segments = List.copyOf(segments);
        cells = List.copyOf(cells);
        findings = List.copyOf(findings);
    }
}
