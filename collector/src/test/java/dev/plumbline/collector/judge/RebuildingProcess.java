package dev.plumbline.collector.judge;

import dev.plumbline.collector.Samples;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.store.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/** A process that makes a store anew, or brings a copy on: sets of a Java process have an order of their own. */
final class RebuildingProcess {
    private RebuildingProcess() {}

    /** @param arguments the data folder, and the store to make in it */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Scene scene = new Scene(new TestPki(), RebuiltStoreTest.SEGMENTS, List.of());
        try (JournalReading journal = JournalReading.open(folder.resolve("journal.db"));
                SqliteStore store = SqliteStore.open(folder.resolve(arguments[1]))) {
            Rebuild.Result result = new Rebuild(
                            journal, SceneJudges.read(scene.site(), folder), RebuiltStoreTest.TIMING, Samples.BASIS)
                    .run(store, journal.lastClosing(), (records, rounds) -> {});
            System.out.println(result.isWhole());
        }
    }
}
