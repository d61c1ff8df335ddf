package dev.plumbline.metrics;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The word by which whoever asks for metrics is known (RFC 6750 section 2.1). */
final class ScrapeToken {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final String SCHEME = "bearer ";
    private static final int LONGEST_FILE = 1024;

    private final byte[] token;

    private ScrapeToken(String token) {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    static ScrapeToken read(Path file) throws ConfigException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                throw wrong(file, "is no file with a token; write one, such as by: openssl rand -hex 32");
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && !Collections.disjoint(view.readAttributes().permissions(), OTHERS)) {
                throw wrong(file, "may be read or written by others; chmod 640 it, and write another token");
            }
            String text = Files.readString(file).strip();
            if (!text.matches("[A-Za-z0-9._~+/=-]{16,512}")) {
                throw wrong(
                        file,
                        "holds no token; write 16 to 512 letters, digits and ._~+/=- on one line, such as by: openssl rand -hex 32");
            }
            return new ScrapeToken(text);
        } catch (IOException e) {
            throw wrong(file, "cannot be read (" + e + "); name a file that this user may read");
        }
    }

    private static ConfigException wrong(Path file, String sentence) {
        return new ConfigException(List.of("metrics.token: " + file + " " + sentence));
    }

    /** @param header Authorization, empty where there is none; how long this takes says nothing of the token */
    boolean isShownIn(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
