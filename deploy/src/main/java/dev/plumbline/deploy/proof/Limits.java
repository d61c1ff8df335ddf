package dev.plumbline.deploy.proof;

import java.util.List;
import java.util.Map;

/** Bounds of the kernel's that a program is started under, and that are lifted while it runs. */
final class Limits {
    private Limits() {}

    /** {@code ulimit -S -f}: no file of the program's may grow beyond so many kilobytes (RLIMIT_FSIZE), as on a disk that is full. */
    static List<String> fileKilobytes(long kilobytes) {
        return List.of("bash", "-c", "ulimit -S -f " + kilobytes + " && exec \"$@\"", "bash");
    }

    /** The same for a program that runs (prlimit of util-linux); false where that cannot be had. */
    static boolean limitFileBytes(Ground ground, Daemon program, long bytes) throws InterruptedException {
        return set(ground, program, bytes + ":");
    }

    /** False where the limit cannot be lifted from outside: then the program must be started anew. */
    static boolean lift(Ground ground, Daemon program) throws InterruptedException {
        return set(ground, program, "unlimited:");
    }

    private static boolean set(Ground ground, Daemon program, String softAndHard) throws InterruptedException {
        try {
            return ground.programs()
                            .runCommand(
                                    ground.root(),
                                    Map.of(),
                                    List.of("prlimit", "--pid", Long.toString(program.pid()), "--fsize=" + softAndHard))
                            .exitCode()
                    == 0;
        } catch (Trouble noSuchProgram) {
            return false;
        }
    }
}
