package dev.plumbline.collector.report;

import dev.plumbline.v1.Report;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a report is written. */
public enum Format {
    /** One file that needs nothing else, also for print. */
    HTML("html", "html", "text/html; charset=utf-8"),
    /** A ZIP of tables. */
    CSV("csv", "zip", "application/zip"),
    /** The message. */
    JSON("json", "json", "application/json");

    private final String word;
    private final String ending;
    private final String mediaType;

    Format(String word, String ending, String mediaType) {
        this.word = word;
        this.ending = ending;
        this.mediaType = mediaType;
    }

    /**
     * @throws IllegalArgumentException with a sentence that names them all
     */
    public static Format ofWord(String word) {
        return Arrays.stream(values())
                .filter(f -> f.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no format of a report; write "
                        + Arrays.stream(values()).map(f -> f.word).collect(Collectors.joining(", "))));
    }

    /** The same report gives the same bytes. */
    public byte[] write(Report report) {
        return switch (this) {
            case HTML -> Html.of(report);
            case CSV -> Tables.of(report);
            case JSON -> Json.of(report);
        };
    }

    public String mediaType() {
        return mediaType;
    }

    /** Such as {@code plumbline-campus-20261101T000000Z-20261201T000000Z.html}, with the segment's name where only one is told. */
    public String fileName(Report report) {
        String told = report.getSiteId() + (report.getSegment().isEmpty() ? "" : "-" + report.getSegment());
        return "plumbline-" + told + "-" + digits(Figures.time(report.getFrom())) + "-"
                + digits(Figures.time(report.getTo())) + "." + ending;
    }

    private static String digits(String time) {
        return time.replaceAll("[-:]", "");
    }
}
