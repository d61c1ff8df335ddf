package dev.plumbline.catalog.article;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The columns of the article's tables, by the words that they were headed with over the years. */
enum Column {
    HOSTS("Hosts", "hosts?|host ?names?"),
    PORTS("Ports", "ports?"),
    PROTOCOL("Protocol", "protocols?"),
    OS("OS", "os|operating systems?"),
    DESCRIPTION("Description", "descriptions?"),
    PROXIES("Supports proxies", "supports prox(ies|y)|proxies|proxy support");

    private final String title;
    private final Pattern words;

    Column(String title, String words) {
        this.title = title;
        this.words = Pattern.compile(words);
    }

    /** The column of a head cell. */
    static Optional<Column> of(String printed) {
        String word = printed.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(c -> c.words.matcher(word).matches())
                .findFirst();
    }

    /** True for the head of a table of hosts, whatever else it has. */
    static boolean isHead(List<String> cells) {
        List<Optional<Column>> columns = cells.stream().map(Column::of).toList();
        return columns.contains(Optional.of(HOSTS)) && columns.contains(Optional.of(PORTS));
    }

    /** As the article heads it at present. */
    String title() {
        return title;
    }
}
