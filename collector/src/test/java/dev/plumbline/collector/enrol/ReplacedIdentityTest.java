package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.identity.Pem;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.words.SegmentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplacedIdentityTest {
    private static final int READINGS = 2000;

    /** Until the other thread had its turn on a busy machine. */
    private static final int MOST_READINGS = 100 * READINGS;

    @TempDir
    Path folder;

    @Test
    void certificateAndKeyOfOneFileBelongTogetherWheneverItIsReplaced() throws Exception {
        SiteAuthority site = SiteAuthority.create("campus.example", "campus", Instant.now());
        List<Issued> issued = List.of(agent(site), agent(site));
        Path identity = folder.resolve("identity.pem");
        Path anchor = Files.writeString(folder.resolve("ca.pem"), Pem.certificate(site.certificate()));
        place(issued.get(0), identity);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread renewing = new Thread(() -> {
            for (int i = 1; !isOver.get(); i++) {
                place(issued.get(i % 2), identity);
            }
        });
        renewing.start();
        Set<X509Certificate> read = new HashSet<>();
        try {
            for (int i = 0; i < READINGS || (read.size() < 2 && i < MOST_READINGS); i++) {
                TlsMaterial material = new TlsFiles(identity, identity, anchor).read();
                read.add(material.chain().get(0));
            }
        } finally {
            isOver.set(true);
            renewing.join();
        }
        assertThat(read).as("it was replaced meanwhile").hasSize(2);
    }

    private static Issued agent(SiteAuthority site) {
        return site.agent(new SegmentId("wifi"), "library", Instant.now());
    }

    private static void place(Issued one, Path identity) {
        try {
            Path next = identity.resolveSibling("identity.pem.new");
            Files.writeString(next, Pem.certificate(one.certificate()) + Pem.key(one.key()));
            Files.move(next, identity, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
