package dev.plumbline.catalog;

import java.util.Set;

/**
 * A target of the catalog file before its rows are known.
 *
 * @param standsFor hosts of rows that no name matches: address blocks that this target represents
 */
record TargetRow(Target target, Set<String> standsFor) {
    TargetRow {
        standsFor = Set.copyOf(standsFor);
    }
}
