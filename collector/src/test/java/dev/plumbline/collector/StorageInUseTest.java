package dev.plumbline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files that can be used, and that cannot. */
final class StorageInUseTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadIsToldWithoutItsName() throws Exception {
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        SqliteStore store = SqliteStore.open(folder.resolve("store.db"));
        assertThat(new StorageInUse(journal, store).problem()).isEmpty();
        store.close();
        assertThat(new StorageInUse(journal, store).problem())
                .hasValue("the store cannot be read; the collector's log says more");
        journal.close();
        assertThat(new StorageInUse(journal, store).problem())
                .hasValue("the journal cannot be read; the collector's log says more");
    }

    @Test
    void whatCannotBeReadAnyMoreIsToldWhenItIsLookedAtAgain() throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            SqliteStore store = SqliteStore.open(folder.resolve("store.db"));
            StorageInUse storage = new StorageInUse(journal, store);
            assertThat(storage.problem()).isEmpty();
            store.close();
            for (int i = 0; i < 3_000 && storage.problem().isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(storage.problem()).as("it looks again after a second").isPresent();
        }
    }
}
