package dev.plumbline.agent.bundle;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.v1.BundleEnd;
import dev.plumbline.v1.BundleOpening;
import dev.plumbline.v1.BundlePart;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.ObservationCodec;
import dev.plumbline.wire.WireException;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Observation;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a bundle, which may come from a stranger: every length is bounded before anything of that length is made. */
public final class BundleReader {
    static final int MOST_PART = 4 << 20;
    static final long MOST_FILE = 64L << 20;
    /** However small the file is, it may unpack to this much. */
    static final long LEAST_UNPACKED = 4L << 20;
    /** Facts of a real round shrink to a tenth at best; a bomb to a thousandth. */
    static final int MOST_TIMES = 100;

    static final long MOST_UNPACKED = 128L << 20;

    private static final int LONGEST_LINE = 64;

    private final Path file;
    private final Unpacked in;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable BundleOpening opening;
    private @Nullable BundleEnd end;

    private BundleReader(Path file, Unpacked in) {
        this.file = file;
        this.in = in;
    }

    /** @throws BundleException with a sentence that says what is wrong, where, and what would be right */
    public static Bundle read(Path file) throws BundleException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            long size = Files.size(file);
            if (size > MOST_FILE) {
                throw new BundleException(
                        file + ": has " + size + " bytes; a bundle has " + MOST_FILE + " at most, so this is none");
            }
            version(file, raw);
            try {
                long most = Math.min(MOST_UNPACKED, Math.max(LEAST_UNPACKED, size * MOST_TIMES));
                return new BundleReader(file, new Unpacked(new GZIPInputStream(raw), most)).bundle();
            } catch (EOFException e) {
                throw new BundleException(file + ": ends too early, after " + size
                        + " bytes; it was cut on its way, so have it sent again");
            } catch (ZipException e) {
                throw new BundleException(file + ": is damaged (" + e.getMessage() + "), so have it sent again");
            }
        } catch (NoSuchFileException e) {
            throw new BundleException(file + ": there is no such file");
        } catch (IOException e) {
            throw new BundleException(file + ": cannot be read (" + BundleFile.reason(e) + ")");
        }
    }

    private static void version(Path file, InputStream raw) throws IOException, BundleException {
        StringBuilder line = new StringBuilder();
        int next = raw.read();
        while (next >= 0 && next != '\n' && line.length() < LONGEST_LINE) {
            line.append((char) next);
            next = raw.read();
        }
        String text = line.toString();
        String right = "'" + BundleFile.MAGIC + BundleFile.VERSION + "'";
        if (next != '\n' || !text.matches(BundleFile.MAGIC + "[1-9][0-9]{0,8}")) {
            throw new BundleException(file + ": is no bundle: its first line has to be " + right + ", at byte 0");
        }
        String version = text.substring(BundleFile.MAGIC.length());
        if (!version.equals(Integer.toString(BundleFile.VERSION))) {
            throw new BundleException(file + ": is a bundle of version " + version
                    + ", at byte 0, and this program reads version " + BundleFile.VERSION
                    + "; use the program that wrote it, or a newer one");
        }
    }

    private Bundle bundle() throws IOException, BundleException {
        while (true) {
            long at = in.count();
            int first = in.read();
            if (first < 0) {
                break;
            }
            if (end != null) {
                throw wrong(at, "something follows its last part");
            }
            int length = length(first, at);
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw wrong(at, "a part of " + length + " bytes is cut after " + part.length);
            }
            take(part, at);
        }
        return whole();
    }

    /** A varint of our own, since the one of the library reads ahead. */
    private int length(int first, long at) throws IOException, BundleException {
        long length = first & 0x7f;
        int next = first;
        for (int shift = 7; next >= 0x80; shift += 7) {
            next = in.read();
            if (next < 0 || shift > 28) {
                throw wrong(at, "the length of a part has to be a varint of at most 5 bytes");
            }
            length |= (long) (next & 0x7f) << shift;
        }
        if (length > MOST_PART) {
            throw wrong(at, "a part says that it has " + length + " bytes, and " + MOST_PART + " is the most");
        }
        return (int) length;
    }

    private void take(byte[] bytes, long at) throws BundleException {
        try {
            BundlePart part = BundlePart.parseFrom(bytes);
            if ((opening == null) != part.hasOpening()) {
                throw wrong(at, "its first part, and no other, has to be the opening");
            }
            switch (part.getPartCase()) {
                case OPENING -> opening = part.getOpening();
                case OBSERVATION -> observations.add(ObservationCodec.decode(part.getObservation()));
                case EVIDENCE -> evidence.add(BatchCodec.decode(part.getEvidence()));
                case END -> end = part.getEnd();
                case PART_NOT_SET -> {
                    // A later program of the same version may add kinds of parts that can be done without.
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw wrong(at, "a part cannot be read: " + e.getMessage());
        } catch (WireException e) {
            throw wrong(at, e.getMessage());
        }
    }

    private Bundle whole() throws BundleException {
        BundleOpening first = opening;
        BundleEnd last = end;
        if (first == null || last == null) {
            throw wrong(in.count(), "it has to close with a last part, so it was cut; have it sent again");
        }
        if (last.getObservations() != observations.size() || last.getEvidence() != evidence.size()) {
            throw wrong(
                    in.count(),
                    "it holds " + observations.size() + " observations and " + evidence.size()
                            + " pieces of evidence, and its last part says " + last.getObservations() + " and "
                            + last.getEvidence());
        }
        try {
            return BundleCodec.decode(first, observations, evidence);
        } catch (WireException e) {
            throw wrong(0, e.getMessage());
        }
    }

    private BundleException wrong(long at, @Nullable String problem) {
        return new BundleException(file + ": is damaged at byte " + at + " of its unpacked content: " + problem);
    }

    /** Counts what it gives out and gives no more than it may. */
    private static final class Unpacked extends InputStream {
        private final InputStream from;
        private final long most;
        private long count;

        Unpacked(InputStream from, long most) {
            this.from = from;
            this.most = most;
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int one = from.read();
            counted(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = from.read(into, offset, length);
            counted(Math.max(0, some));
            return some;
        }

        private void counted(int more) throws ZipException {
            count += more;
            if (count > most) {
                throw new ZipException("it unpacks to more than " + most + " bytes, which no bundle of its size does");
            }
        }
    }
}
