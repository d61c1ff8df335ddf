package dev.plumbline.catalog.article;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Lists of operating systems as they are printed: {@code iOS, iPadOS, and macOS}, {@code macOS only}. */
final class Systems {
    private static final String ONE = "(?:iOS|iPadOS|tvOS|macOS|watchOS|visionOS|audioOS|OS X)";

    /** A list at the beginning of a text. */
    static final String LIST = ONE + "(?:(?:, and |, | and )" + ONE + ")*(?: only)?";

    private static final Pattern ALONE = Pattern.compile(LIST);

    private static final List<String> KNOWN = List.of("ios", "ipados", "tvos", "macos", "watchos");

    private Systems() {}

    /** The text names operating systems and nothing else. */
    static boolean isList(String text) {
        return ALONE.matcher(text).matches();
    }

    /** Words of a cell that are none of the platforms that targets are kept for. */
    static List<String> strange(String cell) {
        return Arrays.stream(cell.replaceAll("( only| and |,)", " ").strip().split(" +"))
                .filter(w -> w.matches("\\w.*") && !KNOWN.contains(w.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
