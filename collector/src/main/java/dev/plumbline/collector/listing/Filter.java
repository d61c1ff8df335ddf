package dev.plumbline.collector.listing;

import dev.plumbline.collector.listing.Comparison.Operator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads filters (AIP-160, without functions, and with a field in every comparison):
 *
 * <pre>
 * filter     = term {"AND" term}
 * term       = factor {"OR" factor}                    OR binds closer than AND
 * factor     = ["NOT" | "-"] ( "(" filter ")" | comparison )
 * comparison = field ("=" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" | ":") value
 * value      = a word, or text in quotes with \" and \\ for themselves
 * </pre>
 *
 * <p>{@code =} takes a star at either end of a text for anything; {@code :} looks for a part of a text, whatever its case.
 */
final class Filter<T> {
    static final String FIELD = "filter";
    private static final int MOST_CHARACTERS = 2_000;
    private static final int DEEPEST = 32;
    private static final String EXAMPLE = "; such as place = \"guest\" AND state = OPEN";

    private final String text;
    private final Columns<T> columns;
    private int at;
    private int depth;

    private Filter(String text, Columns<T> columns) {
        this.text = text;
        this.columns = columns;
    }

    /** Everything, where the text is empty. */
    static <T> Predicate<T> parse(String text, Columns<T> columns) throws FieldViolation {
        if (text.isBlank()) {
            return row -> true;
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new FieldViolation(FIELD, "has " + text.length() + " characters; write at most " + MOST_CHARACTERS);
        }
        Filter<T> filter = new Filter<>(text, columns);
        Predicate<T> all = filter.all();
        if (!filter.isAtEnd()) {
            throw filter.wrong(
                    filter.at,
                    filter.text.charAt(filter.at) == ')'
                            ? "this bracket was never opened; write AND, OR or nothing more"
                            : "write AND or OR before '" + filter.shown() + "'");
        }
        return all;
    }

    private Predicate<T> all() throws FieldViolation {
        Predicate<T> all = any();
        while (takeWord("AND")) {
            all = all.and(any());
        }
        return all;
    }

    private Predicate<T> any() throws FieldViolation {
        Predicate<T> any = one();
        while (takeWord("OR")) {
            any = any.or(one());
        }
        return any;
    }

    private Predicate<T> one() throws FieldViolation {
        if (takeWord("NOT") || takeSign("-")) {
            return deeper(this::one).negate();
        }
        int begin = at;
        if (takeSign("(")) {
            Predicate<T> inner = deeper(this::all);
            if (!takeSign(")")) {
                throw wrong(begin, "this bracket is never closed; write ) after what belongs together");
            }
            return inner;
        }
        return comparison();
    }

    private interface Part<T> {
        Predicate<T> read() throws FieldViolation;
    }

    private Predicate<T> deeper(Part<T> part) throws FieldViolation {
        if (++depth > DEEPEST) {
            throw wrong(at, "brackets and NOTs are nested deeper than " + DEEPEST + "; write fewer");
        }
        Predicate<T> read = part.read();
        depth--;
        return read;
    }

    private Predicate<T> comparison() throws FieldViolation {
        skipSpace();
        int begin = at;
        String name = takeName();
        if (name.isEmpty()) {
            throw wrong(begin, "a comparison is missing" + (isAtEnd() ? "" : " before '" + shown() + "'") + EXAMPLE);
        }
        Column<T> column = columns.column(name).orElseThrow(() -> wrong(begin, "'" + name + "' " + columns.isNone()));
        Operator operator = takeOperator()
                .orElseThrow(
                        () -> wrong(at, "after '" + name + "' write one of = != < <= > >= : and a value" + EXAMPLE));
        if (operator.isOfOrder()
                && (column.kind() == Column.Kind.FLAG || !column.words().isEmpty())) {
            throw wrong(
                    begin,
                    "'" + name + "' has no order; write = or != before one of " + String.join(", ", column.words()));
        }
        skipSpace();
        int value = at;
        String taken = takeValue(name);
        try {
            return new Comparison<>(
                    column, operator, operator == Operator.HAS ? part(column, taken) : column.checked(taken));
        } catch (IllegalArgumentException e) {
            throw wrong(value, String.valueOf(e.getMessage()));
        }
    }

    /** A part of a word need not be the word. */
    private static <T> String part(Column<T> column, String value) {
        return column.kind() == Column.Kind.TEXT || column.kind() == Column.Kind.TEXTS ? value : column.checked(value);
    }

    private Optional<Operator> takeOperator() {
        for (Operator operator : Operator.values()) {
            if (takeSign(operator.sign())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private String takeName() {
        int begin = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    private static boolean isOfName(char c) {
        return c == '_' || c == '.' || Character.isLetterOrDigit(c);
    }

    private String takeValue(String name) throws FieldViolation {
        if (isAtEnd()) {
            throw wrong(at, "the value that " + name + " is compared with is missing; write a word, or text in quotes");
        }
        if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
            return takeQuoted(text.charAt(at));
        }
        int begin = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "()\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (begin == at) {
            throw wrong(at, "the value that " + name + " is compared with is missing before '" + shown() + "'");
        }
        return text.substring(begin, at);
    }

    private String takeQuoted(char quote) throws FieldViolation {
        int begin = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            value.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
        }
        throw wrong(begin, "this quote is never closed; write " + quote + " at the end of the text");
    }

    /** A word that is not a part of a longer one. */
    private boolean takeWord(String word) {
        skipSpace();
        int end = at + word.length();
        if (text.startsWith(word, at) && (end == text.length() || !isOfName(text.charAt(end)))) {
            at = end;
            return true;
        }
        return false;
    }

    private boolean takeSign(String sign) {
        skipSpace();
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        return false;
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String shown() {
        String rest = text.substring(at);
        return rest.length() <= 20 ? rest : rest.substring(0, 20) + "...";
    }

    private FieldViolation wrong(int where, String sentence) {
        return new FieldViolation(FIELD, "at character " + (where + 1) + ": " + sentence);
    }
}
