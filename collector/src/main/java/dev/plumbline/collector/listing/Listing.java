package dev.plumbline.collector.listing;

import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A request for a list, understood whole: what of all rows is told, in what order, and how much of it at once. */
public final class Listing<T> {
    private final Columns<T> columns;
    private final Predicate<T> filter;
    private final Optional<Comparator<T>> order;
    private final List<Column<T>> places;
    private final int size;
    private final Sha256 query;
    private final Optional<PageToken> from;

    private Listing(
            Columns<T> columns,
            Predicate<T> filter,
            Optional<Comparator<T>> order,
            List<Column<T>> places,
            int size,
            Sha256 query,
            Optional<PageToken> from) {
        this.columns = columns;
        this.filter = filter;
        this.order = order;
        this.places = places;
        this.size = size;
        this.query = query;
        this.from = from;
    }

    /**
     * What a request says of its list.
     *
     * @param query names all that was asked but for how much of it at once: what a page token belongs to
     */
    public record Asked(String filter, String orderBy, int pageSize, String pageToken, Sha256 query) {}

    /**
     * Some of the rows.
     *
     * @param next token of the next page, empty when there is no more
     * @param total rows of all pages
     */
    public record Page<T>(List<T> rows, String next, int total) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param usual rows of a page where nobody asked for a number
     * @param most that are told at once
     */
    public static <T> Listing<T> of(Columns<T> columns, Asked asked, int usual, int most) throws FieldViolation {
        if (asked.pageSize() < 0) {
            throw new FieldViolation(
                    "page_size", "is " + asked.pageSize() + "; write 1 to " + most + ", or 0 for " + usual);
        }
        return new Listing<>(
                columns,
                Filter.parse(asked.filter(), columns),
                Order.parse(asked.orderBy(), columns),
                Order.columns(asked.orderBy(), columns),
                asked.pageSize() == 0 ? usual : Math.min(most, asked.pageSize()),
                asked.query(),
                asked.pageToken().isEmpty()
                        ? Optional.empty()
                        : Optional.of(PageToken.read(asked.pageToken(), asked.query())));
    }

    /** @param all rows in the order that the list has where nobody asks for another */
    public Page<T> page(List<T> all) {
        List<T> rows = all.stream().filter(filter).toList();
        if (order.isPresent()) {
            rows = rows.stream().sorted(order.get()).toList();
        }
        int begin = Math.min(rows.size(), begin(rows));
        int end = Math.min(rows.size(), begin + size);
        String next = end == rows.size() || end == begin
                ? ""
                : new PageToken(
                                rows.subList(Math.max(0, end - PageToken.MOST), end).stream()
                                        .map(this::name)
                                        .toList(),
                                end)
                        .text(query);
        return new Page<>(rows.subList(begin, end), next, rows.size());
    }

    /** A row that is gone, or stands elsewhere now, has left its neighbours where they were: none of them is lost. */
    private int begin(List<T> rows) {
        if (from.isEmpty()) {
            return 0;
        }
        Map<Long, Integer> placeOf = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            placeOf.put(name(rows.get(i)), i);
        }
        List<Long> behind = from.get().behind();
        for (int i = behind.size() - 1; i >= 0; i--) {
            Integer place = placeOf.get(behind.get(i));
            if (place != null) {
                return place + 1;
            }
        }
        return from.get().told() - behind.size();
    }

    /** Another one where what decides about its place is another. */
    private long name(T row) {
        List<Object> parts = new ArrayList<>(List.of(columns.key().apply(row)));
        places.forEach(c -> parts.add(c.values().apply(row)));
        return ByteBuffer.wrap(Sha256.of(parts.toString().getBytes(StandardCharsets.UTF_8))
                        .bytes())
                .getLong();
    }
}
