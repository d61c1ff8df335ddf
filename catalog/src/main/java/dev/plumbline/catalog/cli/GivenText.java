package dev.plumbline.catalog.cli;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A text that somebody names: read whole and in UTF-8, or refused with a sentence. */
final class GivenText {
    /** Saved pages have some hundred kilobytes. */
    static final int MOST_BYTES = 8 << 20;

    private static final String MARK = "\ufeff";

    private GivenText() {}

    /** @param right what the file should be, for sentences */
    static String read(Path file, String right) throws ConfigException {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder; name " + right);
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist; name " + right);
        } catch (IOException e) {
            throw refused(file, "cannot be read (" + e.getClass().getSimpleName() + "); name " + right);
        }
        if (bytes.length > MOST_BYTES) {
            throw refused(file, "has more than " + MOST_BYTES + " bytes; name " + right);
        }
        return decoded(file, bytes, right);
    }

    private static String decoded(Path file, byte[] bytes, String right) throws ConfigException {
        if (begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff)) {
            throw refused(file, "is text in UTF-16; save it in UTF-8");
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw refused(file, "is no text (byte " + (i + 1) + " is zero); name " + right);
            }
        }
        if (begins(bytes, '%', 'P', 'D', 'F')) {
            throw refused(file, "is a PDF; name " + right);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long lines = 1;
            for (byte b : Arrays.copyOf(bytes, in.position())) {
                lines += b == '\n' ? 1 : 0;
            }
            throw new ConfigException(
                    List.of(file + ":" + lines + ": is not in UTF-8; save it in UTF-8, or name " + right));
        }
        String text = out.flip().toString();
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static ConfigException refused(Path file, String sentence) {
        return new ConfigException(List.of(file + ": " + sentence));
    }
}
