package dev.plumbline.agent.pac;

import dev.plumbline.words.ScriptEnd;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the process of a script finds its classes: those of this package with the words it answers in, and the interpreter's,
 * which lie apart so that no other process opens them.
 */
final class PacClassPath {
    private static final String INTERPRETER = "rhino";
    /** Beside the jar of this package. */
    private static final String FOLDER = "pac";

    private PacClassPath() {}

    /**
     * Only what the process needs, so that it starts fast and stays small.
     *
     * @throws IOException naming the folder when there is no interpreter
     */
    static String find() throws IOException {
        Path own = placeOf(PacClassPath.class);
        Path folder = own.resolveSibling(FOLDER);
        Optional<Path> interpreter = inFolder(folder).or(PacClassPath::onOwnClassPath);
        if (interpreter.isEmpty()) {
            throw new IOException("there is no " + INTERPRETER + "*.jar in " + folder);
        }
        return String.join(
                File.pathSeparator,
                own.toString(),
                placeOf(ScriptEnd.class).toString(),
                interpreter.get().toString());
    }

    /** What the build left of classes read and verified; Java takes it only for the same Java and the same class path. */
    static Optional<Path> archive() throws IOException {
        return Optional.of(placeOf(PacClassPath.class).resolveSibling(FOLDER).resolve("pac.jsa"))
                .filter(Files::isReadable);
    }

    private static Path placeOf(Class<?> one) throws IOException {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the place of the program's own classes is no path", e);
        }
    }

    private static Optional<Path> inFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, INTERPRETER + "*.jar")) {
            List<Path> found = new ArrayList<>();
            jars.forEach(found::add);
            return found.stream().sorted().findFirst();
        }
    }

    /** Where the product is not packed. */
    private static Optional<Path> onOwnClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.getFileName() != null
                        && path.getFileName().toString().startsWith(INTERPRETER))
                .findFirst();
    }
}
