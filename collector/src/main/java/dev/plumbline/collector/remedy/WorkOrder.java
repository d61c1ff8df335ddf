package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.Finding;
import java.util.List;

/**
 * What there is to mend, for whom, and who asks for it.
 *
 * @param id of the finding, for comments
 * @param cidrs address blocks of the place where the cause lies; empty = not declared
 * @param targets those owed to the place and those that the finding names; what of them the scope does not meet is left out
 * @param edition id of the edition in force
 */
public record WorkOrder(
        String id, Finding finding, List<String> cidrs, List<Target> targets, Catalog catalog, String edition) {
    public WorkOrder {
        cidrs = List.copyOf(cidrs);
        targets = List.copyOf(targets);
    }
}
