package dev.plumbline.collector.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** A file of one line that not everybody may read. No sentence shows what stands in it. */
final class SecretFile {
    private static final int LONGEST = 4096;

    private SecretFile() {}

    /** @throws IOException with a sentence that follows the name of the file */
    static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("is no file; name the one that holds the secret");
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("everybody may read it; chmod 600 it, or 640 with the collector's group");
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException("is longer than a secret is");
        }
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "cannot be read (" + e.getClass().getSimpleName() + "); this user must be able to", e);
        }
        if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IOException("does not hold one line with a secret");
        }
        return text;
    }

    /**
     * One that travels in a header of HTTP.
     *
     * @throws IOException with a sentence that follows the name of the file
     */
    static String token(Path file) throws IOException {
        String text = read(file);
        if (text.chars().anyMatch(c -> c > 0x7e)) {
            throw new IOException(
                    "holds a character that is not ASCII, which no header can carry; write the token alone");
        }
        return text;
    }
}
