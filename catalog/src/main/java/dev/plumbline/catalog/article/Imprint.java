package dev.plumbline.catalog.article;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the document says of itself.
 *
 * @param number the article's, in lower case: {@code ht210060}, {@code 101555}
 * @param date of publication, where it is said
 */
record Imprint(String number, Optional<String> date) {
    private static final String UNNUMBERED = "enterprise-networks";
    private static final Pattern NUMBER =
            Pattern.compile("(?i)\\b(HT\\d{6})\\b|support\\.apple\\.com/(?:[a-z-]+/)?(\\d{6})\\b");
    private static final Pattern PUBLISHED = Pattern.compile(
            "(?i)\\bPublished(?: Date)?:? *(\\d{4}-\\d\\d-\\d\\d|\\p{L}+ \\d{1,2}, \\d{4}|\\d{1,2} \\p{L}+ \\d{4})");
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE, english("MMMM d, uuuu"), english("d MMMM uuuu"), english("MMM d, uuuu"));

    static Imprint of(Article article) {
        String text = article.pieces().stream()
                .filter(p -> !(p instanceof Piece.Table))
                .map(p -> p instanceof Piece.Prose prose ? prose.text() : ((Piece.Heading) p).text())
                .collect(Collectors.joining("\n"));
        Matcher number = NUMBER.matcher(text);
        String found = !number.find() ? UNNUMBERED : number.group(1) == null ? number.group(2) : number.group(1);
        Matcher published = PUBLISHED.matcher(text);
        return new Imprint(
                found.toLowerCase(Locale.ROOT), published.find() ? date(published.group(1)) : Optional.empty());
    }

    private static Optional<String> date(String printed) {
        return DATES.stream()
                .flatMap(format -> parsed(printed, format).stream())
                .findFirst();
    }

    private static Optional<String> parsed(String printed, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDate.parse(printed, format).toString());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter english(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }
}
