package dev.plumbline.collector;

import dev.plumbline.collector.report.Seal;
import dev.plumbline.identity.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Checks a signature as an auditor does: by openssl, in a folder that holds the authority's certificate, with README's own lines. */
public final class SealCheck {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final Path README = Path.of("../README.md");

    private SealCheck() {}

    /** What the lines of the README say of this document, which that one is said to have signed. */
    public static String of(byte[] document, byte[] signed, TlsMaterial signer, Path authority, Instant at)
            throws Exception {
        Path folder = Files.createTempDirectory(authority.toAbsolutePath().resolveSibling(""), "audit");
        Files.copy(authority, folder.resolve("ca.pem"));
        Files.write(folder.resolve("report.html"), document);
        Files.write(folder.resolve("report.html.p7s"), Seal.of(signed, signer, at));
        List<String> lines = Files.readAllLines(README).stream()
                .filter(l -> l.startsWith("    $ openssl cms") || l.startsWith("    $ openssl x509 -noout -ext"))
                .map(l -> l.substring("    $ ".length()))
                .toList();
        if (lines.size() != 2) {
            throw new IllegalStateException(README + " has no line for each of the two steps: " + lines);
        }
        return run(folder, lines.get(0) + " && " + lines.get(1));
    }

    /** What a shell prints, with the exit code where it is not 0. */
    public static String run(Path folder, String line) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "no openssl on this host");
        Process process = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return said + (code == 0 ? "" : " failure " + code);
    }
}
