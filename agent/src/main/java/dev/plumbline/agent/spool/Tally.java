package dev.plumbline.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the ledger in a little file of its own, written in place after each change. It tells how much was lost when the
 * spool's file or its log is damaged, and keeps counting while a full disk takes nothing else. Never synced: what it is
 * for is a file that others damaged, and a process that was killed. May be used from any thread.
 */
final class Tally implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    private final FileChannel file;

    private Tally(FileChannel file) {
        this.file = file;
    }

    static Tally open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException(path + " is no file");
        }
        return new Tally(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Empty when there is none, or none that is sound. */
    Optional<Ledger> read() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 1024));
            file.read(bytes, 0);
            return bytes.hasRemaining() ? Optional.empty() : Ledger.ofBytes(bytes.array());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Ledger ledger) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(ledger.toBytes());
            file.write(bytes, 0);
            if (file.size() > bytes.capacity()) {
                file.truncate(bytes.capacity());
            }
        } catch (IOException e) {
            LOG.debug("the copy of the spool's counts cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("the copy of the spool's counts would not close", e);
        }
    }
}
