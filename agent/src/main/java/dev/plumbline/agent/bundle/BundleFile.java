package dev.plumbline.agent.bundle;

import com.google.protobuf.CodedOutputStream;
import dev.plumbline.v1.BundleEnd;
import dev.plumbline.v1.BundlePart;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.ObservationCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Where a bundle is written to: at one blow, readable by its owner only, over no other file unless told to. A line of text
 * says what the file is; the parts behind it are a gzip stream, so that neither end needs more memory than one part and a
 * cut is found by the checksum and by the missing last part. An archive of files could be opened by hand, but its list of
 * contents would be one more thing that a stranger's file can lie about.
 */
public final class BundleFile {
    static final String MAGIC = "plumbline-bundle ";
    static final int VERSION = 1;

    private final Path file;
    private final boolean isReplaced;

    private BundleFile(Path file, boolean isReplaced) {
        this.file = file;
        this.isReplaced = isReplaced;
    }

    /**
     * Looks before anything is measured.
     *
     * @param isReplaced whether a file of that name gives way
     * @throws BundleException when the file could not be written
     */
    public static BundleFile at(Path file, boolean isReplaced) throws BundleException {
        Path folder = folder(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new BundleException(file + ": " + folder + " is no folder that this user may write to");
        }
        if (Files.isDirectory(file)) {
            throw new BundleException(file + ": is a folder; name a file in it");
        }
        if (!isReplaced && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
        return new BundleFile(file, isReplaced);
    }

    public Path path() {
        return file;
    }

    /**
     * Writes all or nothing.
     *
     * @return size of the file in bytes
     * @throws BundleException when it cannot be written, or when a file of that name has come up meanwhile
     */
    public long write(Bundle bundle, Clock clock) throws BundleException {
        Path fresh = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            try {
                Files.deleteIfExists(fresh);
                write(fresh, bundle, clock);
                long size = Files.size(fresh);
                moveIntoPlace(fresh);
                return size;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new BundleException(
                    file + ": cannot be written (" + reason(e) + "); name a file in a folder with room");
        }
    }

    private void moveIntoPlace(Path fresh) throws IOException {
        if (isReplaced) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            // Unlike a move, a link never takes another file's place.
            Files.createLink(file, fresh);
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            // A file system without links.
            Files.move(fresh, file);
        }
    }

    private static void write(Path fresh, Bundle bundle, Clock clock) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, ownerOnly(fresh))) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write((MAGIC + VERSION + "\n").getBytes(StandardCharsets.US_ASCII));
            GZIPOutputStream zipped = new GZIPOutputStream(new BufferedOutputStream(out));
            CodedOutputStream parts = CodedOutputStream.newInstance(zipped);
            part(parts, BundlePart.newBuilder().setOpening(BundleCodec.encode(bundle, clock.instant())));
            for (var observation : bundle.observations()) {
                part(parts, BundlePart.newBuilder().setObservation(ObservationCodec.encode(observation)));
            }
            for (var evidence : bundle.evidence()) {
                part(parts, BundlePart.newBuilder().setEvidence(BatchCodec.encode(evidence)));
            }
            part(
                    parts,
                    BundlePart.newBuilder()
                            .setEnd(BundleEnd.newBuilder()
                                    .setObservations(bundle.observations().size())
                                    .setEvidence(bundle.evidence().size())));
            parts.flush();
            zipped.finish();
            zipped.flush();
            channel.force(true);
        }
    }

    private static void part(CodedOutputStream parts, BundlePart.Builder part) throws IOException {
        BundlePart built = part.build();
        if (built.getSerializedSize() > BundleReader.MOST_PART) {
            throw new IOException(
                    "one part has " + built.getSerializedSize() + " bytes, more than " + BundleReader.MOST_PART);
        }
        parts.writeMessageNoTag(built);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static BundleException exists(Path file) {
        return new BundleException(file + ": exists already; name another file, or give --force to replace it");
    }

    static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
