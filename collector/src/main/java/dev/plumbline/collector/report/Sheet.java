package dev.plumbline.collector.report;

import dev.plumbline.v1.ReportedAnswer;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the page needs beside the report: its style, and a policy that lets this style in and nothing else. */
public record Sheet(String style) {
    /** In the order of their columns. */
    public static final List<String> QUESTIONS = List.of("rules", "devices", "servers");

    /** Content Security Policy Level 3, section 2.3.1: by hash, since the page is one file. */
    public String policy() {
        return "default-src 'none'; style-src 'sha256-" + hash(style) + "'; base-uri 'none'; form-action 'none'";
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

    /** A part of a period, in a word. */
    public record Part(String word, int perMillion) {}

    /** Why it is not known how it stood, without what takes no time. */
    public static List<Part> unknown(TimeShares shares) {
        Duration whole = Stream.of(
                        shares.getMet(),
                        shares.getWaived(),
                        shares.getBroken(),
                        shares.getUndecided(),
                        shares.getSilent(),
                        shares.getNotJudged(),
                        shares.getNotRemembered())
                .map(Sheet::length)
                .reduce(Duration.ZERO, Duration::plus);
        return Stream.of(
                        part("undecided", shares.getUndecided(), whole),
                        part("silent", shares.getSilent(), whole),
                        part("not judged", shares.getNotJudged(), whole),
                        part("not remembered", shares.getNotRemembered(), whole))
                .filter(p -> p.perMillion() > 0)
                .toList();
    }

    private static Part part(String word, com.google.protobuf.Duration part, Duration whole) {
        return new Part(word, Shares.perMillion(length(part), whole));
    }

    private static Duration length(com.google.protobuf.Duration message) {
        return Duration.ofSeconds(message.getSeconds(), message.getNanos());
    }
}
