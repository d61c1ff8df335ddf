package dev.plumbline.catalog.article;

import dev.plumbline.catalog.EditionFile;
import java.util.List;

/**
 * What came of a document.
 *
 * @param tables in the order of print
 * @param unread lines that are in no row, in their order; the edition lacks them
 * @param notes what was put right, and what somebody should look at
 * @param conditionLines lines whose text speaks of proxies, interception or firewalls: conditions that nobody but a reader can word
 */
public record Imported(
        EditionFile edition,
        List<Table> tables,
        List<Remark> unread,
        List<Remark> notes,
        List<Integer> conditionLines) {
    public Imported {
        tables = List.copyOf(tables);
        unread = List.copyOf(unread);
        notes = List.copyOf(notes);
        conditionLines = List.copyOf(conditionLines);
    }

    /**
     * One table of the document.
     *
     * @param line of its head
     * @param namedBy where the section's name comes from
     * @param pairs rows that it gave
     */
    public record Table(int line, String section, String namedBy, int pairs) {}
}
