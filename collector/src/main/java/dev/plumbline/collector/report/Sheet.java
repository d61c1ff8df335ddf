package dev.plumbline.collector.report;

import dev.plumbline.v1.ReportedAnswer;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page needs beside the report: its style, and a policy that lets this style in and nothing else (Content Security Policy
 * Level 3, section 2.3.1, a hash).
 */
public record Sheet(String style, String policy) {
    /** In the order of their columns. */
    public static final List<String> QUESTIONS = List.of("rules", "devices", "servers");

    private static final String FILE = "report.css";

    static Sheet read() {
        try (InputStream in = Sheet.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the program");
            }
            String style = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Sheet(
                    style,
                    "default-src 'none'; style-src 'sha256-" + hash(style) + "'; base-uri 'none'; form-action 'none'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String asked(String question) {
        return switch (question) {
            case "rules" -> "All house rules met";
            case "devices" -> "Devices would still work";
            case "servers" -> "Servers would still work";
            default -> throw new IllegalArgumentException("nobody asks '" + question + "'");
        };
    }

    /** Null where it is not asked of the segment. */
    public static @Nullable TimeShares answer(ReportedSegment segment, String question) {
        return segment.getAnswersList().stream()
                .filter(a -> a.getQuestion().equals(question))
                .findFirst()
                .map(ReportedAnswer::getShares)
                .orElse(null);
    }
}
