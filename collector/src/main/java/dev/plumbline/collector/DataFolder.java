package dev.plumbline.collector;

import dev.plumbline.collector.backup.BackupException;
import dev.plumbline.collector.backup.Restore;
import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of journal and store, held by one collector at a time. */
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing and takes it. A restore into it that was interrupted is brought to its end.
     *
     * @throws ConfigException when it cannot be written or another collector has it
     */
    static DataFolder take(Path folder) throws ConfigException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new ConfigException(List.of(
                        "data: " + folder + " is in use by another collector; stop that one or name another folder"));
            }
            finishRestore(folder, channel);
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new ConfigException(
                    List.of("data: " + folder + " cannot be used (" + e + "); name a folder that this user may write"));
        }
    }

    private static void finishRestore(Path folder, FileChannel channel) throws ConfigException, IOException {
        try {
            Restore.finish(folder).ifPresent(LOG::warn);
        } catch (BackupException e) {
            channel.close();
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path folder() {
        return folder;
    }

    Path journal() {
        return journal(folder);
    }

    /** Where the journal lies in a folder that nobody needs to hold. */
    static Path journal(Path folder) {
        return folder.resolve("journal.db");
    }

    Path store() {
        return store(folder);
    }

    /** A copy of the store from which a rebuild begins, where the journal alone does not tell all. */
    Path snapshot() {
        return snapshot(folder);
    }

    static Path snapshot(Path folder) {
        return folder.resolve("snapshot.db");
    }

    static Path store(Path folder) {
        return folder.resolve("store.db");
    }

    /** Unlike the store it cannot be built anew. */
    Path enrolments() {
        return enrolments(folder);
    }

    /** What is to be told to whom; it cannot be built anew either. */
    Path outbox() {
        return folder.resolve("outbox.db");
    }

    static Path enrolments(Path folder) {
        return folder.resolve("enrolment.db");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
