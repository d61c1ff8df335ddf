package dev.plumbline.collector.cli;

import dev.plumbline.collector.access.BearerToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/** The file that holds a person's token, and that nobody else may read. No sentence shows what stands in it. */
final class TokenFile {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final int LONGEST = 1024;

    private TokenFile() {}

    static BearerToken read(Path file) throws CommandFailure {
        try {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailure(
                        ExitCode.USAGE, "token: " + file + " is no file; name the one that holds the token");
            }
            if (isForOthers(file)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "token: others may read " + file + " or write it; chmod 600 it, and have the token revoked if"
                                + " somebody did (plumbline token revoke)");
            }
            if (Files.size(file) > LONGEST) {
                throw new CommandFailure(ExitCode.USAGE, "token: " + file + " is longer than a token is");
            }
            return new BearerToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "token: " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); name a file that this user may read");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "token: " + file + ": " + e.getMessage());
        }
    }

    private static boolean isForOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        // Elsewhere than on POSIX there is nothing to look at.
        return view != null && !Collections.disjoint(view.readAttributes().permissions(), OTHERS);
    }
}
