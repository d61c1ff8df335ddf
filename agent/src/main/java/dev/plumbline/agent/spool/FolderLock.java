package dev.plumbline.agent.spool;

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

/** An agent's hold on its data folder: two agents of one folder would be one to the collector. The kernel ends it with the process. */
final class FolderLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, making it where it is missing.
     *
     * @throws ConfigException when the folder cannot be used or another agent uses it
     */
    static FolderLock take(Path folder) throws ConfigException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new ConfigException(
                        List.of("data: " + folder + " is in use by another agent; give each agent its own folder"));
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new ConfigException(List.of("data: " + folder + " cannot be used ("
                    + e.getClass().getSimpleName() + "); name a folder that this user may write"));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock's file would not close", e);
        }
    }
}
