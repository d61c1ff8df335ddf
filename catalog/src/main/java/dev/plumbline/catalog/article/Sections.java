package dev.plumbline.catalog.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names the sections of tables: by whoever imports, else by the heading that stands above a table and below the one before, else by the
 * words of its introduction. Reprints leave headings out.
 */
final class Sections {
    /** What a section was named by. */
    record Named(String name, String by) {}

    private record Telling(String words, String section) {}

    /** The first words that an introduction has in it name the section. */
    private static final List<Telling> INTRODUCTIONS = List.of(
            new Telling("digital certificates", "Certificate validation"),
            new Telling("icloud services", "iCloud"),
            new Telling("apple id", "Apple ID"),
            new Telling("apple account", "Apple Account"),
            new Telling("setting up your device", "Device setup"),
            new Telling("business essentials", "Business Essentials"),
            new Telling("apple school manager", "School and Business Manager"),
            new Telling("mobile device management", "Device management"),
            new Telling("carrier bundle", "Carrier updates"),
            new Telling("clients of macos content caching", "Content caching clients"),
            new Telling("provides content caching", "Content caching"),
            new Telling("uses macos content caching", "Content caching"),
            new Telling("installing, restoring, and updating", "Software updates"),
            new Telling("for updating apps", "App Store"),
            new Telling("app notarization", "App notarization"),
            new Telling("app validation", "App validation"),
            new Telling("feedback assistant", "Feedback Assistant"),
            new Telling("perform diagnostics", "Diagnostics"),
            new Telling("encrypted domain name system", "Encrypted DNS"),
            new Telling("encrypted dns", "Encrypted DNS"),
            new Telling("additional content", "Additional content"));

    private final Map<Integer, String> given;
    private final List<Piece.Prose> introduction = new ArrayList<>();
    private Optional<Piece.Heading> heading = Optional.empty();
    private Optional<String> before = Optional.empty();

    /** @param given names by the line of a table's head */
    Sections(Map<Integer, String> given) {
        this.given = given;
    }

    void passes(Piece.Heading next) {
        heading = Optional.of(next);
        introduction.clear();
    }

    void passes(Piece.Prose prose) {
        introduction.add(prose);
    }

    /** The section of the table that comes next. */
    Named of(Piece.Table table) {
        Named named = name(table);
        heading = Optional.empty();
        introduction.clear();
        before = Optional.of(named.name());
        return named;
    }

    private Named name(Piece.Table table) {
        String byHand = given.get(table.line());
        if (byHand != null) {
            return new Named(byHand, "--section");
        }
        if (heading.isPresent()) {
            return new Named(
                    heading.get().text(), "the heading on line " + heading.get().line());
        }
        for (int i = introduction.size() - 1; i >= 0; i--) {
            Piece.Prose prose = introduction.get(i);
            Optional<String> told = told(prose.text());
            if (told.isPresent()) {
                return new Named(told.get(), "words of line " + prose.line());
            }
        }
        if (introduction.isEmpty()) {
            Optional<String> described = described(table);
            if (described.isPresent()) {
                return new Named(described.get(), "the description of its first row");
            }
            if (before.isPresent()) {
                return new Named(before.get(), "the table above, which nothing parts from it");
            }
        }
        return new Named(
                "Hosts of line " + table.line(), "nothing that is known; give --section " + table.line() + "=NAME");
    }

    private static Optional<String> told(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return INTRODUCTIONS.stream()
                .filter(t -> lower.contains(t.words()))
                .map(Telling::section)
                .findFirst();
    }

    /** The section whose name the first row's description begins with. */
    private static Optional<String> described(Piece.Table table) {
        int column = table.columns().indexOf(Column.DESCRIPTION);
        return table.entries().stream()
                .limit(1)
                .filter(e -> column >= 0 && column < e.cells().size())
                .map(e -> e.cells().get(column))
                .flatMap(text -> INTRODUCTIONS.stream()
                        .map(Telling::section)
                        .filter(s -> text.regionMatches(true, 0, s, 0, s.length())))
                .findFirst();
    }
}
