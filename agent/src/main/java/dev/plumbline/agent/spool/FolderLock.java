package dev.plumbline.agent.spool;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent's hold on its data folder: two agents of one folder would be one to the collector. The kernel ends it with the process. */
final class FolderLock implements AutoCloseable {
    private static final String NAME = "agent.lock";
    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

    private final Optional<FileChannel> channel;

    private FolderLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, making it where it is missing. A disk that cannot be written now keeps no agent from measuring: then
     * nobody holds the folder.
     *
     * @throws ConfigException when the folder cannot be used or another agent uses it
     */
    static FolderLock take(Path folder) throws ConfigException {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new ConfigException(
                        List.of("data: " + folder + " is in use by another agent; give each agent its own folder"));
            }
            return new FolderLock(Optional.of(channel));
        } catch (IOException e) {
            if (isOfTheDisk(e, folder)) {
                LOG.warn("data: {} cannot be written now ({}); measuring goes on without a hold on it", folder, e);
                return new FolderLock(Optional.empty());
            }
            throw new ConfigException(List.of("data: " + folder + " cannot be used ("
                    + e.getClass().getSimpleName() + "); name a folder that this user may write"));
        }
    }

    /** Read-only or full: what the platform has no kind of its own for, unlike missing rights and missing folders. */
    private static boolean isOfTheDisk(IOException e, Path folder) {
        return e.getClass() == FileSystemException.class
                && Files.isDirectory(folder)
                && !Files.isDirectory(folder.resolve(NAME));
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
        channel.ifPresent(held -> {
            try {
                held.close();
            } catch (IOException e) {
                LOG.debug("the lock's file would not close", e);
            }
        });
    }
}
