package dev.plumbline.deploy.proof;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Classes read and verified beforehand (AppCDS), by a first run that is told to leave them: two hundred starts take half the
 * time. Where Java leaves none, programs start as ever.
 */
final class Archives {
    private Archives() {}

    /** Flags of the run that leaves them. */
    static String leaving(Path archive) {
        return "-XX:ArchiveClassesAtExit=" + archive + " -Xlog:cds=off -Xlog:cds+dynamic=off";
    }

    /** Flags of the runs after it. */
    static String using(Path archive) {
        return Files.exists(archive) ? "-XX:SharedArchiveFile=" + archive + " -Xshare:auto -Xlog:cds=off" : "";
    }
}
