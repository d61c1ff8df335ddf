package dev.plumbline.catalog.article;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of the article's tables, by the words that they were headed with over the years. */
enum Column {
    HOSTS("hosts", "host", "hostnames", "hostname", "host names", "host name"),
    PORTS("ports", "port"),
    PROTOCOL("protocol", "protocols"),
    OS("os", "operating systems", "operating system"),
    DESCRIPTION("description", "descriptions"),
    PROXIES("supports proxies", "supports proxy", "proxies", "proxy support");

    private final List<String> words;

    Column(String... words) {
        this.words = List.of(words);
    }

    /** The column of a head cell. */
    static Optional<Column> of(String printed) {
        String word = printed.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(c -> c.words.contains(word)).findFirst();
    }

    /** True for the head of a table of hosts, whatever else it has. */
    static boolean isHead(List<String> cells) {
        List<Optional<Column>> columns = cells.stream().map(Column::of).toList();
        return columns.contains(Optional.of(HOSTS)) && columns.contains(Optional.of(PORTS));
    }

    /** As the article heads it at present. */
    String title() {
        return switch (this) {
            case OS -> "OS";
            case HOSTS, PORTS, PROTOCOL, DESCRIPTION, PROXIES ->
                words.get(0).substring(0, 1).toUpperCase(Locale.ROOT)
                        + words.get(0).substring(1);
        };
    }
}
