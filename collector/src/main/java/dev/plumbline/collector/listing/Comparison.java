package dev.plumbline.collector.listing;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/** One comparison of a filter: a column, how, and with what. What a row has several of, or none, is compared one by one. */
record Comparison<T>(Column<T> column, Operator operator, String value) implements Predicate<T> {
    /** How AIP-160 compares. */
    enum Operator {
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">="),
        NOT_EQUAL("!="),
        EQUAL("="),
        LESS("<"),
        GREATER(">"),
        HAS(":");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isOfOrder() {
            return switch (this) {
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                case EQUAL, NOT_EQUAL, HAS -> false;
            };
        }
    }

    @Override
    public boolean test(T row) {
        return operator == Operator.NOT_EQUAL
                ? column.values().apply(row).stream().noneMatch(this::isEqual)
                : column.values().apply(row).stream().anyMatch(this::matches);
    }

    private boolean matches(String seen) {
        return switch (operator) {
            case EQUAL -> isEqual(seen);
            case NOT_EQUAL -> !isEqual(seen);
            case HAS -> has(seen);
            case LESS -> compare(seen) < 0;
            case LESS_OR_EQUAL -> compare(seen) <= 0;
            case GREATER -> compare(seen) > 0;
            case GREATER_OR_EQUAL -> compare(seen) >= 0;
        };
    }

    private int compare(String seen) {
        return switch (column.kind()) {
            case TEXT, TEXTS, FLAG -> seen.compareTo(value);
            case NUMBER -> Long.compare(Long.parseLong(seen), Long.parseLong(value));
            case TIME -> Instant.parse(seen).compareTo(Instant.parse(value));
        };
    }

    /** Of texts, a star at either end stands for anything. */
    private boolean isEqual(String seen) {
        return switch (column.kind()) {
            case FLAG, NUMBER, TIME -> compare(seen) == 0;
            case TEXT, TEXTS -> column.words().isEmpty() ? isLike(seen) : seen.equals(value);
        };
    }

    private boolean isLike(String seen) {
        boolean begins = value.startsWith("*");
        boolean ends = value.endsWith("*") && value.length() > 1;
        String middle = value.substring(begins ? 1 : 0, value.length() - (ends ? 1 : 0));
        if (begins && ends) {
            return seen.contains(middle);
        }
        if (begins) {
            return seen.endsWith(middle);
        }
        return ends ? seen.startsWith(middle) : seen.equals(value);
    }

    private boolean has(String seen) {
        return switch (column.kind()) {
            case FLAG, NUMBER, TIME -> compare(seen) == 0;
            case TEXT, TEXTS -> seen.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
        };
    }
}
