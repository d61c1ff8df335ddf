package dev.plumbline.deploy.proof;

import dev.plumbline.collector.cli.Terminal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where rows are tried: a temporary folder, ports, processes. All of it is gone when it is closed, whatever happened. */
final class Ground implements AutoCloseable {
    private static final boolean SHOWS_PROGRESS =
            Terminal.ofProcess(System.getenv()).isProgressShown();

    private final Path root;
    private final Programs programs;
    private final Size size;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Ports ports = new Ports();
    private final Channels channels = new Channels();
    private @Nullable House house;

    private Ground(Path root, Programs programs, Size size) {
        this.root = root;
        this.programs = programs;
        this.size = size;
    }

    /** @param product folder of the packaged programs */
    static Ground make(Path product, Size size) throws IOException {
        // Readable to others: a row starts an agent as another user.
        Path root = Files.createTempDirectory(
                        "plumbline-proof-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")))
                .toRealPath();
        Path scratch = Files.createDirectory(root.resolve("scratch"));
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
        return new Ground(root, new Programs(product, scratch), size);
    }

    Path root() {
        return root;
    }

    Size size() {
        return size;
    }

    Programs programs() {
        return programs;
    }

    Ports ports() {
        return ports;
    }

    Channels channels() {
        return channels;
    }

    /** Whether it was ended before every row was tried. */
    boolean hasEnded() {
        return programs.hasEnded();
    }

    /** Closed at the end, what was kept last first. */
    synchronized <T extends AutoCloseable> T keep(T part) {
        open.addFirst(part);
        return part;
    }

    /** A site of the row's own, in a folder of this name. */
    Site site(String name) throws Trouble, InterruptedException {
        return Site.found(this, root.resolve(name));
    }

    /** The site that all hostile rows share, with an honest agent in it. */
    House house() throws Trouble, InterruptedException {
        House standing = house;
        if (standing == null) {
            standing = House.build(this);
            house = standing;
        }
        return standing;
    }

    /** Says what is under way, on one line that the next takes the place of; in a file or pipe each is a line. */
    void progress(String words) {
        if (SHOWS_PROGRESS) {
            System.err.print("\r\u001b[2K" + words);
        } else if (!words.isEmpty()) {
            System.err.println(words);
        }
        System.err.flush();
    }

    /** Ends every process, at once and from any thread: whoever tries a row meets that, and nothing is started any more. */
    void endPrograms() {
        programs.close();
    }

    /** Ends processes and connections and takes the folder away; may be called again. */
    void end() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("proof: " + root + " could not be taken away (" + e + ")");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (AutoCloseable part = open.pollFirst(); part != null; part = open.pollFirst()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                System.err.println("proof: " + part + " could not be closed (" + e + ")");
            }
        }
        programs.close();
        channels.close();
        ports.close();
        if (Files.exists(root)) {
            delete(root);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                // A row that was interrupted leaves folders that may not be written.
                entered.toFile().setWritable(true, true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
