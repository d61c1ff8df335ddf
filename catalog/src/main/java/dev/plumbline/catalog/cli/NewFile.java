package dev.plumbline.catalog.cli;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A file that is there whole or not at all. */
final class NewFile {
    /** As the umask has it: what stands in it is no secret. */
    private static final FileAttribute<Set<PosixFilePermission>> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    private NewFile() {}

    /** @param over a file that is there already */
    static void write(Path file, String text, boolean over) throws ConfigException {
        if (Files.isDirectory(file)) {
            throw new ConfigException(List.of("--out: " + file + " is a folder; name a file"));
        }
        if (!over && Files.exists(file)) {
            throw exists(file);
        }
        try {
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), ".plumbline-", ".tmp", READABLE);
            try {
                Files.write(made, text.getBytes(StandardCharsets.UTF_8));
                if (over) {
                    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.move(made, file);
                }
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new ConfigException(List.of("--out: " + file + " cannot be written ("
                    + e.getClass().getSimpleName() + "); name a file in a folder that can be"));
        }
    }

    private static ConfigException exists(Path file) {
        return new ConfigException(
                List.of("--out: " + file + " exists; name another file, or write over it with --force"));
    }
}
