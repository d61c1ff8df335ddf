package dev.plumbline.agent.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that came from a stranger, or were damaged on their way: as files, and as contents of a file that is whole. */
final class BundleFuzzTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:09Z"), ZoneOffset.UTC);
    private static final byte[] HEAD = "plumbline-bundle 1\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder = Path.of("");

    private byte[] written() throws Exception {
        Path file = folder.resolve("right.plb");
        BundleFile.at(file, true).write(BundleFileTest.bundle(List.of(BundleFileTest.certificate())), CLOCK);
        return Files.readAllBytes(file);
    }

    @Test
    void files() throws Exception {
        Fuzz.refusing("bundles", List.of(written()), this::read, BundleException.class);
    }

    @Test
    void contents() throws Exception {
        byte[] whole = written();
        byte[] zipped = Arrays.copyOfRange(whole, HEAD.length, whole.length);
        byte[] content = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        Fuzz.refusing("contents of bundles", List.of(content), bytes -> read(zipped(bytes)), BundleException.class);
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(HEAD);
        try (OutputStream zipped = new GZIPOutputStream(all)) {
            zipped.write(content);
        }
        return all.toByteArray();
    }

    /** What is taken is written again, and then is the same. */
    private void read(byte[] bytes) throws Exception {
        Path file = folder.resolve("wrong.plb");
        Files.write(file, bytes);
        Bundle bundle = BundleReader.read(file);
        if (bundle.plan().unread().isEmpty()) {
            Path again = folder.resolve("again.plb");
            BundleFile.at(again, true).write(bundle, CLOCK);
            assertThat(BundleReader.read(again)).isEqualTo(bundle);
        }
    }
}
